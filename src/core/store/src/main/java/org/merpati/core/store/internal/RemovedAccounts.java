package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.Garbage.Cleared;
import org.merpati.core.store.Messages;
import org.merpati.core.store.PlatformHolder;

/**
 * Accounts on their way out. A removed one keeps its row, without address and domain, until everything that belongs to it is
 * gone; whoever changes an account looks for {@code removed is null}, so that nothing is added any more. What is left of it
 * keeps the invariants of the package, but for tombstones and threads' keys, which nobody asks for.
 */
@ApplicationScoped
public class RemovedAccounts {
    private static final int PART = Messages.BULK;

    /** Of one part's emails together: an email may be in all of an account's mailboxes. */
    private static final long MOST_PLACES = 10L * PART;

    private static final String LIMIT = " fetch first " + PART + " rows only";

    /** What else belongs to an account, and the column that follows it in the table's index. */
    private static final List<Map.Entry<String, String>> REST = List.of(
            Map.entry("expunged", "modseq"),
            Map.entry("destroyed", "modseq"),
            Map.entry("thread_key", "key_hash"),
            Map.entry("annotation", "mailbox_id"),
            Map.entry("sender_identity", "id"),
            Map.entry("submission", "id"),
            Map.entry("absence", "account_id"),
            Map.entry("orphaned_subscription", "name"),
            Map.entry("upload", "id"));

    @Inject
    Sql sql;

    @Inject
    Memberships memberships;

    @Inject
    AccountCounters totals;

    @Inject
    PlatformHolder server;

    private record Mail(long id, long size) {}

    /** Begins it; the account's lock is the caller's, and its addresses are gone. */
    void begin(AccountId account) {
        sql.update(
                "update account set address = null, domain_id = null, removed = ? where id = ?",
                server.platform().clock().millis(),
                account.value());
    }

    List<AccountId> list() {
        return sql.select(
                row -> new AccountId(row.getLong(1)),
                "select id from account where removed >= 0 order by removed" + LIMIT);
    }

    Cleared clear(AccountId account) {
        var modSeq = lock(account);
        if (modSeq.isEmpty()) {
            return new Cleared(0, false);
        }
        var all = sql.select(
                row -> new Mail(row.getLong(1), row.getLong(2)),
                "select id, size from email where account_id = ? order by account_id, received, id" + LIMIT,
                account.value());
        var part = bounded(all);
        if (!part.isEmpty()) {
            destroy(account, part, modSeq.get());
        }
        boolean more = all.size() == PART || part.size() < all.size() || mailboxes(account) || rest(account);
        if (!more) {
            sql.update("delete from account where id = ?", account.value());
        }
        return new Cleared(part.size(), more);
    }

    /** Two that clear the same account do so one after the other. */
    private Optional<ModSeq> lock(AccountId account) {
        return sql
                .select(
                        row -> new ModSeq(row.getLong(1) + 1),
                        "select modseq from account where id = ? and removed is not null for update",
                        account.value())
                .stream()
                .findFirst();
    }

    /** The first of these, so many that their places can go at once; one at least. */
    private List<Mail> bounded(List<Mail> all) {
        var places = sql
                .select(
                        row -> Map.entry(row.getLong(1), row.getLong(2)),
                        "select n.id, count(m.email_id) from " + Sql.IDS
                                + " left join mailbox_email m on m.email_id = n.id group by n.id",
                        ids(all))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var part = new ArrayList<Mail>();
        long taken = 0;
        for (var mail : all) {
            taken += places.getOrDefault(mail.id(), 0L);
            if (taken > MOST_PLACES && !part.isEmpty()) {
                return part;
            }
            part.add(mail);
        }
        return part;
    }

    private void destroy(AccountId account, List<Mail> part, ModSeq modSeq) {
        var ids = ids(part);
        var counters = new Counters();
        counters.remove(memberships.places(part.stream().map(Mail::id).toList()));
        sql.update(
                "merge into mailbox_email m using " + Sql.IDS + " on m.email_id = n.id when matched then delete", ids);
        sql.update(EmailRows.DELETE, ids);
        counters.write(sql, modSeq);
        totals.add(account, -part.size(), -part.stream().mapToLong(Mail::size).sum());
        sql.update("update account set modseq = ? where id = ?", modSeq.value(), account.value());
    }

    /** Whether there are more. */
    private boolean mailboxes(AccountId account) {
        var ids = sql
                .select(
                        row -> row.getLong(1),
                        "select id from mailbox where account_id = ? order by account_id, name" + LIMIT,
                        account.value())
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
        if (ids.length > 0) {
            sql.update("delete from mailbox_email where mailbox_id = any(?)", ids); // none, where the rows agree
            sql.update("delete from mailbox where id = any(?)", ids);
        }
        return ids.length == PART;
    }

    private boolean rest(AccountId account) {
        boolean more = false;
        for (var one : REST) {
            more |= rest(account, one.getKey(), one.getValue());
        }
        return more;
    }

    private boolean rest(AccountId account, String table, String column) {
        var last = sql.select(
                row -> row.getObject(1),
                "select " + column + " from " + table + " where account_id = ? order by account_id, " + column
                        + " offset ? rows fetch first 1 rows only",
                account.value(),
                PART - 1);
        var delete = "delete from " + table + " where account_id = ?";
        if (last.isEmpty()) {
            sql.update(delete, account.value());
        } else {
            sql.update(delete + " and " + column + " <= ?", account.value(), last.getFirst());
        }
        return !last.isEmpty();
    }

    private static long[] ids(List<Mail> mail) {
        return mail.stream().mapToLong(Mail::id).sorted().toArray();
    }
}
