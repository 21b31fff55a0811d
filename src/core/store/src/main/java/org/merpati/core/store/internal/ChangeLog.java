package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Changes;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Mailboxes;

/**
 * Reads the account's one change log: rows by their modseqs, and tombstones. What is committed while it reads stands above the
 * state that it read first, and is left for the next time.
 *
 * <p>A page of changes ends at a state that a client may ask on from. So an email that was made since comes where it was made,
 * not where it was changed last: else the next page would call it updated.
 */
@ApplicationScoped
public class ChangeLog {
    @Inject
    Sql sql;

    private enum Kind {
        CREATED,
        UPDATED,
        DESTROYED,
        RETURNED
    }

    private record Entry(Kind kind, long id, long modSeq) {}

    /**
     * A kind of thing whose rows have modseqs.
     *
     * @param created the column that says at which modseq a row was made
     * @param kind of its tombstones
     */
    record Log(String table, String created, String kind) {
        static final Log EMAILS = new Log("email", "created_modseq", "email");
        static final Log IDENTITIES = new Log("sender_identity", "id", "identity");
        static final Log SUBMISSIONS = new Log("submission", "id", "submission");
    }

    /** The kind of what an email leaves that comes back into sight, as {@link Emails.Changes} has it. */
    static final String RETURNED = "returned";

    /** Changed emails, beyond which all mailboxes are said to have other counts. */
    private static final int MOST_NEIGHBOURS = 1_000;

    private record Page(List<Entry> entries, ModSeq state, boolean more) {
        <I> Changes<I> changes(LongFunction<I> id) {
            return new Changes<>(ids(Kind.CREATED, id), ids(Kind.UPDATED, id), ids(Kind.DESTROYED, id), state, more);
        }

        private <I> List<I> ids(Kind kind, LongFunction<I> id) {
            return entries.stream()
                    .filter(entry -> entry.kind() == kind)
                    .map(entry -> id.apply(entry.id()))
                    .toList();
        }
    }

    /** The account's state; empty when the history does not reach back to {@code since}, or it has not come yet. */
    Optional<ModSeq> state(AccountId account, ModSeq since) {
        return sql
                .select(
                        row -> new ModSeq(row.getLong(1)),
                        "select modseq from account where id = ? and history_from <= ? and modseq >= ?",
                        account.value(),
                        since.value(),
                        since.value())
                .stream()
                .findFirst();
    }

    Optional<List<Uid>> vanished(AccountId account, MailboxId mailbox, ModSeq since, Uid last) {
        return state(account, since)
                .map(state -> sql
                        .select(
                                row -> new Uid(row.getLong(1)),
                                "select uid from expunged where mailbox_id = ? and account_id = ? and modseq > ? and uid <= ?"
                                        + " order by mailbox_id, modseq",
                                mailbox.value(),
                                account.value(),
                                since.value(),
                                last.value())
                        .stream()
                        .sorted()
                        .toList());
    }

    Optional<Emails.Changes> emails(AccountId account, ModSeq since, int limit) {
        return state(account, since)
                .map(state -> page(Log.EMAILS, account, since.value(), state, limit))
                .map(page -> new Emails.Changes(
                        page.ids(Kind.CREATED, EmailId::new),
                        page.ids(Kind.UPDATED, EmailId::new),
                        page.ids(Kind.DESTROYED, EmailId::new),
                        page.ids(Kind.RETURNED, EmailId::new),
                        page.state(),
                        page.more()));
    }

    /** As {@link Emails#changes} has them. */
    <I> Optional<Changes<I>> of(Log log, AccountId account, ModSeq since, int limit, LongFunction<I> id) {
        return state(account, since)
                .map(state -> page(log, account, since.value(), state, limit).changes(id));
    }

    private Page page(Log log, AccountId account, long since, ModSeq state, int limit) {
        var all = entries(log, account, since, state.value(), limit + 1);
        if (all.size() <= limit) {
            return new Page(all, state, false);
        }
        long last = all.get(limit).modSeq();
        var whole = all.stream().filter(entry -> entry.modSeq() < last).toList();
        if (!whole.isEmpty()) {
            return new Page(whole, new ModSeq(whole.getLast().modSeq()), true);
        }
        // one state alone is more than was asked for
        return new Page(entries(log, account, since, last, Integer.MAX_VALUE), new ModSeq(last), last < state.value());
    }

    /** In the order of their modseqs; at least the first {@code limit}. */
    private List<Entry> entries(Log log, AccountId account, long since, long until, int limit) {
        var made = log.created();
        var created = sql.select(
                row -> new Entry(Kind.CREATED, row.getLong(1), row.getLong(2)),
                "select id, " + made + " from " + log.table() + " where account_id = ? and " + made + " > ? and " + made
                        + " <= ? order by account_id, " + made + " limit ?",
                account.value(),
                since,
                until,
                limit);
        // what comes after the last of them is of no use now, and might be the whole account
        long end = created.size() < limit ? until : created.getLast().modSeq();
        var entries = new ArrayList<>(created);
        entries.addAll(sql.select(
                row -> new Entry(Kind.UPDATED, row.getLong(1), row.getLong(2)),
                "select id, modseq from " + log.table() + " where account_id = ? and modseq > ? and modseq <= ? and "
                        + made + " <= ? order by account_id, modseq limit ?",
                account.value(),
                since,
                end,
                since,
                limit));
        entries.addAll(traces(Kind.DESTROYED, log.kind(), account, since, end, limit));
        if (log.equals(Log.EMAILS)) {
            entries.addAll(traces(Kind.RETURNED, RETURNED, account, since, end, limit));
        }
        entries.sort(Comparator.comparingLong(Entry::modSeq));
        return entries;
    }

    /** Of what was there then. */
    private List<Entry> traces(Kind what, String kind, AccountId account, long since, long until, int limit) {
        return sql.select(
                row -> new Entry(what, row.getLong(1), row.getLong(2)),
                "select id, modseq from destroyed where account_id = ? and modseq > ? and modseq <= ?"
                        + " and created_modseq <= ? and kind = '" + kind + "' order by account_id, modseq limit ?",
                account.value(),
                since,
                until,
                since,
                limit);
    }

    private record MailboxEntry(MailboxId id, boolean created, boolean itself) {}

    Optional<Mailboxes.Changes> mailboxes(AccountId account, ModSeq since) {
        return state(account, since).map(state -> mailboxes(account, since.value(), state));
    }

    private Mailboxes.Changes mailboxes(AccountId account, long since, ModSeq state) {
        var changed = sql.select(
                row -> new MailboxEntry(new MailboxId(row.getLong(1)), row.getLong(2) > since, row.getLong(3) > since),
                "select id, created_modseq, changed_modseq from mailbox where account_id = ? and modseq > ?"
                        + " and created_modseq <= ? order by id",
                account.value(),
                since,
                state.value());
        var destroyed = sql.select(
                row -> new MailboxId(row.getLong(1)),
                "select id from destroyed where account_id = ? and modseq > ? and modseq <= ? and created_modseq <= ?"
                        + " and kind = 'mailbox' order by id",
                account.value(),
                since,
                state.value(),
                since);
        var created = changed.stream()
                .filter(MailboxEntry::created)
                .map(MailboxEntry::id)
                .toList();
        var itself = changed.stream().filter(entry -> !entry.created()).toList();
        var updated = new TreeSet<>(neighbours(account, since, state.value()));
        itself.forEach(entry -> updated.add(entry.id().value()));
        created.forEach(id -> updated.remove(id.value()));
        return new Mailboxes.Changes(
                created,
                updated.stream().map(MailboxId::new).toList(),
                destroyed,
                itself.stream().noneMatch(MailboxEntry::itself),
                state);
    }

    /**
     * The mailboxes that hold emails of threads of which an email changed: how many of their threads are unread may be another
     * number now (RFC 8621 §2), though nothing in them changed.
     */
    private List<Long> neighbours(AccountId account, long since, long state) {
        var threads = new TreeSet<Long>();
        int changes = 0;
        for (var from : List.of("email where", "destroyed where kind = 'email' and")) {
            var some = sql.select(
                    row -> row.getLong(1),
                    "select thread_id from " + from + " account_id = ? and modseq > ? and modseq <= ?"
                            + " order by account_id, modseq limit " + (MOST_NEIGHBOURS + 1),
                    account.value(),
                    since,
                    state);
            threads.addAll(some);
            changes = Math.max(changes, some.size());
        }
        if (threads.isEmpty()) {
            return List.of();
        }
        if (changes > MOST_NEIGHBOURS) {
            return sql.select(row -> row.getLong(1), "select id from mailbox where account_id = ?", account.value());
        }
        var emails = new AccountRows(
                        "select id from email where :rows", "thread_id", AccountRows.of(account.value(), threads))
                .select(sql, row -> row.getLong(1));
        return sql.select(
                row -> row.getLong(1),
                "select distinct m.mailbox_id from " + Sql.IDS
                        + " left join mailbox_email m on m.email_id = n.id where m.mailbox_id is not null",
                Memberships.array(emails));
    }
}
