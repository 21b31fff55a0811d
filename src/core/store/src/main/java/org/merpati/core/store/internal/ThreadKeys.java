package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.merpati.core.api.mail.AccountId;

/**
 * Finds the thread of a new email: that of the emails which have a message-id and the base subject in common with it
 * ({@link ThreadTies}), or a new one with the email's id. An email that ties several threads together makes one of them
 * ({@link ThreadMerge}), so that the order in which a conversation arrives does not matter. Works under the lock of the
 * account, whose keys are its own: two accounts never share a thread.
 *
 * <p>Emails that were there before threads were found (schema version 2) have no keys: they stay alone, and a reply to one
 * of them begins a thread. To find them, all their headers would have to be read at the migration.
 */
@ApplicationScoped
public class ThreadKeys {
    /** Hashes in one statement. */
    private static final int CHUNK = 2_000;

    private static final String INSERT =
            "insert into email (id, account_id, blob_id, thread_id, received, size, header_size, subject, keywords,"
                    + " delivery, modseq, created_modseq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    @Inject
    Sql sql;

    @Inject
    ThreadMerge merge;

    /** @param email complete but for its id and thread, and in no table yet; its modseq is the account's new one */
    record Newcomer(EmailEntity email, ThreadTies ties) {}

    private record Known(long account, long hash, long thread) {}

    /** Persists the email with its thread, as {@link #add(List)}. */
    void add(EmailEntity email, ThreadTies ties) {
        add(List.of(new Newcomer(email, ties)));
    }

    /**
     * Writes these emails, of any accounts that are locked, each with its thread. Without the EntityManager, which would look for
     * changes in them at each statement that follows. A number of statements that does not
     * depend on theirs, unless threads are merged.
     *
     * @return whether no threads were merged, which changes other emails too
     */
    boolean add(List<Newcomer> newcomers) {
        var byAccount = new TreeMap<Long, List<Newcomer>>();
        for (var newcomer : newcomers) {
            byAccount
                    .computeIfAbsent(newcomer.email().accountId, account -> new ArrayList<>())
                    .add(newcomer);
        }
        var known = known(newcomers);
        newcomers.forEach(newcomer -> newcomer.email().id = sql.nextId(EmailEntity.class));
        var added = new ArrayList<Object[]>();
        boolean alone = true;
        for (var account : byAccount.entrySet()) {
            alone &= place(account.getKey(), account.getValue(), known.getOrDefault(account.getKey(), Map.of()), added);
        }
        sql.batch(INSERT, newcomers.stream().map(ThreadKeys::row).toList());
        sql.batch("insert into thread_key (account_id, key_hash, thread_id) values (?, ?, ?)", added);
        return alone;
    }

    private static Object[] row(Newcomer newcomer) {
        var email = newcomer.email();
        return new Object[] {
            email.id,
            email.accountId,
            email.blobId,
            email.threadId,
            email.received,
            email.size,
            email.headerSize,
            email.subject,
            email.keywords,
            Optional.ofNullable(email.delivery),
            email.modseq,
            email.createdModseq
        };
    }

    /** Removes the keys of those of these threads that have no emails left; who destroys emails calls it last. */
    void forget(AccountId account, Collection<Long> threads) {
        // one by one: for a list of threads H2 would read all keys of the account
        sql.batch(
                "delete from thread_key where account_id = ? and thread_id = ? and not exists (select 1 from email e"
                        + " where e.account_id = thread_key.account_id and e.thread_id = thread_key.thread_id)",
                new TreeSet<>(threads)
                        .stream()
                                .map(thread -> new Object[] {account.value(), thread})
                                .toList());
    }

    /** Threads by hash, by account. */
    private Map<Long, Map<Long, Long>> known(List<Newcomer> newcomers) {
        var keys = new LinkedHashSet<AccountRows.Key>();
        for (var newcomer : newcomers) {
            keys.addAll(
                    AccountRows.of(newcomer.email().accountId, newcomer.ties().hashes()));
        }
        var all = List.copyOf(keys);
        var known = new HashMap<Long, Map<Long, Long>>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            var some = all.subList(from, Math.min(all.size(), from + CHUNK));
            new AccountRows("select account_id, key_hash, thread_id from thread_key where :rows", "key_hash", some)
                    .select(sql, row -> new Known(row.getLong(1), row.getLong(2), row.getLong(3)))
                    .forEach(key -> known.computeIfAbsent(key.account(), account -> new HashMap<>())
                            .put(key.hash(), key.thread()));
        }
        return known;
    }

    /**
     * @param known thread by hash
     * @param added the new rows of {@code thread_key}
     * @return as {@link #add(List)} does
     */
    private boolean place(long account, List<Newcomer> newcomers, Map<Long, Long> known, List<Object[]> added) {
        var groups = new ThreadGroups(known);
        newcomers.forEach(
                newcomer -> groups.add(newcomer.email().id, newcomer.ties().hashes()));
        var keys = new HashMap<>(known);
        boolean alone = true;
        for (var newcomer : newcomers) {
            var email = newcomer.email();
            var threads = groups.threadsOf(email.id);
            alone &= threads.size() == 1;
            email.threadId = threads.size() > 1 ? merge.merge(account, email.modseq, threads) : threads.first();
            groups.settle(email.id, email.threadId);
            for (long hash : newcomer.ties().hashes()) {
                if (keys.putIfAbsent(hash, email.threadId) == null) {
                    added.add(new Object[] {account, hash, email.threadId});
                }
            }
        }
        return alone;
    }
}
