package org.merpati.core.store.internal;

import java.util.function.LongSupplier;
import org.merpati.core.store.Checks;
import org.merpati.core.store.Checks.Kind;

/** Which rows of an account there must and must not be. A repair here comes before the counters are looked at. */
final class StructureRules {
    private static final String LIMIT = " fetch first " + Checks.PAGE + " rows only";

    private final CheckRound round;
    private final Statements sql;
    private final LongSupplier recovered;
    private final long now;

    /**
     * @param recovered makes or finds the mailbox for emails that are in none
     * @param now when these are saved there, in milliseconds
     */
    StructureRules(CheckRound round, LongSupplier recovered, long now) {
        this.round = round;
        this.sql = round.sql;
        this.recovered = recovered;
        this.now = now;
    }

    void run() {
        membershipsOfOtherAccounts();
        membershipsWithoutEmail();
        membershipsWithoutMailbox();
        emailsWithoutMembership();
        emailsOlderThanTheirPlaces();
        tombstonesOfMessages();
        tombstonesOfEmailsAndMailboxes();
        threadKeysWithoutThread();
    }

    private void membershipsOfOtherAccounts() {
        sql.rows("""
                        select b.id, b.name, m.uid, m.account_id from mailbox b
                        join mailbox_email m on m.mailbox_id = b.id
                        where b.account_id = ? and m.account_id <> b.account_id
                        order by b.id, m.uid""" + LIMIT, round.account)
                .forEach(row -> round.report(
                        Kind.MEMBERSHIP,
                        "account of uid " + row.number(2) + " in " + row.text(1),
                        round.account,
                        row.number(3),
                        () -> {
                            sql.change(
                                    "update mailbox_email set account_id = ? where mailbox_id = ? and uid = ?",
                                    round.account,
                                    row.number(0),
                                    row.number(2));
                            touch(row.number(0), row.number(2));
                        }));
    }

    private void membershipsWithoutEmail() {
        sql.rows("""
                        select b.id, b.name, m.uid, m.email_id from mailbox b
                        join mailbox_email m on m.mailbox_id = b.id
                        where b.account_id = ? and not exists
                            (select 1 from email e where e.id = m.email_id and e.account_id = b.account_id)
                        order by b.id, m.uid""" + LIMIT, round.account)
                .forEach(row -> round.report(
                        Kind.MEMBERSHIP,
                        "uid " + row.number(2) + " in " + row.text(1),
                        "email " + row.number(3),
                        "none",
                        () -> removeMembership(row.number(0), row.number(2))));
    }

    private void membershipsWithoutMailbox() {
        sql.rows("""
                        select m.mailbox_id, m.uid, e.id from email e
                        join mailbox_email m on m.email_id = e.id
                        where e.account_id = ? and not exists
                            (select 1 from mailbox b where b.id = m.mailbox_id and b.account_id = e.account_id)
                        order by e.id, m.mailbox_id, m.uid""" + LIMIT, round.account)
                .forEach(row -> round.report(
                        Kind.MEMBERSHIP,
                        "uid " + row.number(1) + " of email " + row.number(2),
                        "mailbox " + row.number(0),
                        "none",
                        () -> removeMembership(row.number(0), row.number(1))));
    }

    private void emailsWithoutMembership() {
        sql.rows("""
                        select e.id from email e where e.account_id = ? and not exists
                            (select 1 from mailbox_email m where m.email_id = e.id)
                        order by e.id""" + LIMIT, round.account)
                .forEach(row -> round.report(
                        Kind.NO_MEMBERSHIP,
                        "email " + row.number(0),
                        "a mailbox",
                        "none",
                        () -> putInto(recovered.getAsLong(), row.number(0))));
    }

    /** What has changed in a mailbox is found by way of the emails. */
    private void emailsOlderThanTheirPlaces() {
        sql.rows("""
                        select e.id, e.modseq, max(greatest(m.modseq, e.keywords_modseq)) from email e
                        join mailbox_email m on m.email_id = e.id
                        where e.account_id = ? group by e.id, e.modseq
                        having max(greatest(m.modseq, e.keywords_modseq)) > e.modseq
                        order by e.id""" + LIMIT, round.account)
                .forEach(row -> round.report(
                        Kind.MODSEQ,
                        "modseq of email " + row.number(0),
                        "at least " + row.number(2),
                        row.number(1),
                        () -> round.touch(row.number(0), Math.max(row.number(2), round.modSeq()))));
    }

    private void tombstonesOfMessages() {
        sql.rows("""
                        select x.mailbox_id, x.uid from expunged x
                        join mailbox_email m on m.mailbox_id = x.mailbox_id and m.uid = x.uid
                        where x.account_id = ? order by x.mailbox_id, x.uid""" + LIMIT, round.account)
                .forEach(row -> round.report(
                        Kind.TOMBSTONE,
                        "uid " + row.number(1) + " of mailbox " + row.number(0),
                        "there or expunged",
                        "both",
                        () -> {
                            sql.change(
                                    "delete from expunged where mailbox_id = ? and uid = ?",
                                    row.number(0),
                                    row.number(1));
                            // whoever was told that it had vanished is told of it again
                            touch(row.number(0), row.number(1));
                        }));
    }

    private void tombstonesOfEmailsAndMailboxes() {
        for (var table : new String[] {"email", "mailbox"}) {
            sql.rows(
                            "select d.id from destroyed d join " + table + " t on t.id = d.id"
                                    + " where d.account_id = ? and d.kind = '" + table + "' order by d.id" + LIMIT,
                            round.account)
                    .forEach(row -> round.report(
                            Kind.TOMBSTONE, table + " " + row.number(0), "there or destroyed", "both", () -> {
                                sql.change(
                                        "delete from destroyed where account_id = ? and kind = ? and id = ?",
                                        round.account,
                                        table,
                                        row.number(0));
                                sql.change(
                                        "update " + table + " set modseq = ?, created_modseq = ? where id = ?",
                                        round.modSeq(),
                                        round.modSeq(),
                                        row.number(0));
                            }));
        }
    }

    private void threadKeysWithoutThread() {
        sql.rows("""
                        select k.key_hash, k.thread_id from thread_key k where k.account_id = ?
                            and not exists (select 1 from email e
                                where e.account_id = k.account_id and e.thread_id = k.thread_id)
                            and k.thread_id not in (select d.thread_id from destroyed d
                                where d.account_id = ? and d.kind = 'email')
                        order by k.key_hash""" + LIMIT, round.account, round.account)
                .forEach(row -> round.report(
                        Kind.THREAD_KEY,
                        "a key of thread " + row.number(1),
                        "an email",
                        "none",
                        () -> sql.change(
                                "delete from thread_key where account_id = ? and key_hash = ?",
                                round.account,
                                row.number(0))));
    }

    private void removeMembership(long mailbox, long uid) {
        sql.change("delete from mailbox_email where mailbox_id = ? and uid = ?", mailbox, uid);
        sql.change("delete from expunged where mailbox_id = ? and uid = ?", mailbox, uid);
        sql.change(
                "insert into expunged (mailbox_id, uid, account_id, modseq) values (?, ?, ?, ?)",
                mailbox,
                uid,
                round.account,
                round.modSeq());
        touch(mailbox);
    }

    private void putInto(long mailbox, long email) {
        sql.change(
                "insert into mailbox_email (mailbox_id, uid, account_id, email_id, modseq, deleted, saved)"
                        + " select id, uid_next, account_id, ?, ?, false, cast(? as bigint) from mailbox where id = ?",
                email,
                round.modSeq(),
                now,
                mailbox);
        sql.change("update mailbox set uid_next = uid_next + 1, modseq = ? where id = ?", round.modSeq(), mailbox);
        sql.change("update email set modseq = ? where id = ?", round.modSeq(), email);
    }

    /** A place has changed, so its email and its mailbox have. */
    private void touch(long mailbox, long uid) {
        sql.change(
                "update mailbox_email set modseq = ? where mailbox_id = ? and uid = ?", round.modSeq(), mailbox, uid);
        sql.change(
                "update email set modseq = ? where id in"
                        + " (select email_id from mailbox_email where mailbox_id = ? and uid = ?)",
                round.modSeq(),
                mailbox,
                uid);
        touch(mailbox);
    }

    private void touch(long mailbox) {
        sql.change("update mailbox set modseq = ? where id = ?", round.modSeq(), mailbox);
    }
}
