package org.merpati.core.store.internal;

import java.util.HashSet;
import org.merpati.core.store.Checks.Kind;

/** What an account's and its mailboxes' rows say in numbers, all of which follow from other rows. */
final class CounterRules {
    private final CheckRound round;
    private final Statements sql;

    CounterRules(CheckRound round) {
        this.round = round;
        this.sql = round.sql;
    }

    void run() {
        uidValidities();
        uidNext();
        mailboxCounters();
        mailboxModSeqs();
        accountCounters();
        accountModSeq();
    }

    private void uidValidities() {
        var given = new HashSet<Long>();
        long next = 0;
        for (var row : sql.rows("""
                        select b.id, b.name, b.uid_validity, a.uid_validity_next from account a
                        join mailbox b on b.account_id = a.id where a.id = ? order by b.uid_validity, b.id""", round.account)) {
            long uidValidity = row.number(2);
            next = Math.max(next, row.number(3));
            if (uidValidity >= next) {
                round.report(
                        Kind.UID_VALIDITY,
                        "next uidvalidity, after that of " + row.text(1),
                        "more than " + uidValidity,
                        next,
                        () -> sql.change(
                                "update account set uid_validity_next = ? where id = ?",
                                uidValidity + 1,
                                round.account));
                next = uidValidity + 1;
            }
            if (!given.add(uidValidity) || uidValidity <= 0) {
                round.report(
                        Kind.UID_VALIDITY,
                        "uidvalidity of " + row.text(1),
                        "one of its own",
                        uidValidity,
                        () -> newUidValidity(row.number(0)));
            }
        }
    }

    /** Clients forget what they know of the mailbox: it can't be told whose messages they were. */
    private void newUidValidity(long mailbox) {
        sql.change("""
                update mailbox set modseq = ?, changed_modseq = ?,
                    uid_validity = (select a.uid_validity_next from account a where a.id = mailbox.account_id)
                where id = ?""", round.modSeq(), round.modSeq(), mailbox);
        sql.change("update account set uid_validity_next = uid_validity_next + 1 where id = ?", round.account);
    }

    private void uidNext() {
        sql.rows("""
                        select b.id, b.name, b.uid_next,
                            (select max(m.uid) from mailbox_email m where m.mailbox_id = b.id),
                            (select max(x.uid) from expunged x where x.mailbox_id = b.id)
                        from mailbox b where b.account_id = ? order by b.id""", round.account).forEach(row -> {
            long last = Math.max(row.number(3), row.number(4));
            if (row.number(2) <= last) {
                round.report(
                        Kind.UID_NEXT,
                        "uid_next of " + row.text(1),
                        "more than " + last,
                        row.number(2),
                        () -> sql.change("update mailbox set uid_next = ? where id = ?", last + 1, row.number(0)));
            }
        });
    }

    private void mailboxCounters() {
        var names = new String[] {"messages", "unseen", "deleted", "size"};
        sql.rows("""
                        select b.id, b.name, b.messages, b.unseen, b.deleted, b.size, count(m.uid),
                            coalesce(sum(case when (' ' || e.keywords || ' ') like '% $seen %' then 0 else 1 end), 0),
                            coalesce(sum(case when m.deleted then 1 else 0 end), 0), coalesce(sum(e.size), 0),
                            count(e.id)
                        from mailbox b
                        left join (mailbox_email m join email e on e.id = m.email_id) on m.mailbox_id = b.id
                        where b.account_id = ?
                        group by b.id, b.name, b.messages, b.unseen, b.deleted, b.size order by b.id""", round.account).forEach(row -> {
            for (int i = 0; i < names.length; i++) {
                // a mailbox without messages joins one row of nulls
                long counted = row.number(10) == 0 ? 0 : row.number(6 + i);
                var name = names[i];
                if (row.number(2 + i) != counted) {
                    round.report(
                            Kind.MAILBOX_COUNTER,
                            name + " of " + row.text(1),
                            counted,
                            row.number(2 + i),
                            () -> sql.change(
                                    "update mailbox set modseq = ?, " + name + " = ? where id = ?",
                                    round.modSeq(),
                                    counted,
                                    row.number(0)));
                }
            }
        });
    }

    private void mailboxModSeqs() {
        sql.rows("""
                        select b.id, b.name, b.modseq, b.created_modseq, b.changed_modseq,
                            (select max(greatest(m.modseq, e.keywords_modseq)) from mailbox_email m
                                join email e on e.id = m.email_id where m.mailbox_id = b.id),
                            (select max(x.modseq) from expunged x where x.mailbox_id = b.id)
                        from mailbox b where b.account_id = ? order by b.id""", round.account).forEach(row -> {
            long last = Math.max(Math.max(row.number(3), row.number(4)), Math.max(row.number(5), row.number(6)));
            if (row.number(2) < last) {
                round.report(
                        Kind.MODSEQ,
                        "modseq of " + row.text(1),
                        "at least " + last,
                        row.number(2),
                        () -> sql.change("update mailbox set modseq = ? where id = ?", last, row.number(0)));
            }
        });
    }

    private void accountCounters() {
        sql.rows("""
                        select a.messages, a.size, count(e.id), coalesce(sum(e.size), 0) from account a
                        left join email e on e.account_id = a.id where a.id = ? group by a.messages, a.size""", round.account).forEach(row -> {
            for (int i = 0; i < 2; i++) {
                var name = i == 0 ? "messages" : "size";
                long counted = row.number(2 + i);
                if (row.number(i) != counted) {
                    round.report(
                            Kind.ACCOUNT_COUNTER,
                            name,
                            counted,
                            row.number(i),
                            () -> sql.change(
                                    "update account set " + name + " = ? where id = ?", counted, round.account));
                }
            }
        });
    }

    /** What comes after is to be greater than anything that is there. */
    void accountModSeq() {
        sql.rows("""
                        select a.modseq, a.history_from,
                            (select max(e.modseq) from email e where e.account_id = a.id),
                            (select max(e.created_modseq) from email e where e.account_id = a.id),
                            (select max(b.modseq) from mailbox b where b.account_id = a.id),
                            (select max(x.modseq) from expunged x where x.account_id = a.id),
                            (select max(d.modseq) from destroyed d where d.account_id = a.id),
                            (select max(i.modseq) from sender_identity i where i.account_id = a.id),
                            (select max(s.modseq) from submission s where s.account_id = a.id)
                        from account a where a.id = ?""", round.account).forEach(row -> {
            long last = row.number(1);
            for (int i = 2; i <= 8; i++) {
                last = Math.max(last, row.number(i));
            }
            long expected = last;
            if (row.number(0) < expected) {
                round.report(
                        Kind.MODSEQ,
                        "modseq",
                        "at least " + expected,
                        row.number(0),
                        () -> sql.change("update account set modseq = ? where id = ?", expected, round.account));
            }
        });
    }
}
