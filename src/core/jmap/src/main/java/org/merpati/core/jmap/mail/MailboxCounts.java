package org.merpati.core.jmap.mail;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.Emails.Indexes;
import org.merpati.core.store.index.MailboxIndex;

/**
 * What the rows of mailboxes do not count (RFC 8621 §2): of the indexes in memory, and kept until the account changes.
 *
 * <p>A thread is unread where one of its emails is, wherever that is; but emails that are in the trash alone belong to the
 * trash's threads only, and these have no others.
 */
final class MailboxCounts {
    private static final int KEPT = 1_000;

    record Counts(int unreadEmails, int totalThreads, int unreadThreads) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    private record Account(ModSeq state, Map<MailboxId, Counts> counts) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AccountId, Account> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AccountId, Account> eldest) {
            return size() > KEPT;
        }
    };

    /** Those of the state, if they were counted before. */
    Optional<Map<MailboxId, Counts>> known(AccountId account, ModSeq state) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(account))
                    .filter(kept -> kept.state().equals(state))
                    .map(Account::counts);
        } finally {
            lock.unlock();
        }
    }

    Map<MailboxId, Counts> count(AccountId account, Indexes indexes, Optional<MailboxId> trash) {
        var counts = counts(indexes.mailboxes(), trash.orElse(null));
        lock.lock();
        try {
            known.put(account, new Account(indexes.state(), counts));
        } finally {
            lock.unlock();
        }
        return counts;
    }

    static Map<MailboxId, Counts> counts(Map<MailboxId, MailboxIndex> indexes, @Nullable MailboxId trash) {
        var unreadElsewhere = new LongSet();
        var unreadInTrash = new LongSet();
        var unreadEmails = new HashMap<MailboxId, Integer>();
        var threads = new HashMap<MailboxId, LongSet>();
        indexes.forEach((mailbox, index) -> {
            var unread = mailbox.equals(trash) ? unreadInTrash : unreadElsewhere;
            var unseen = new IdentityHashMap<Set<Keyword>, Boolean>();
            var all = new LongSet();
            int emails = 0;
            for (int place = 0; place < index.size(); place++) {
                if (!index.deleted(place)) {
                    all.add(index.thread(place));
                    if (unseen.computeIfAbsent(index.keywords(place), MailboxCounts::isUnread)) {
                        unread.add(index.thread(place));
                        emails++;
                    }
                }
            }
            unreadEmails.put(mailbox, emails);
            threads.put(mailbox, all);
        });
        var counts = new HashMap<MailboxId, Counts>();
        threads.forEach((mailbox, all) -> {
            var unread = mailbox.equals(trash) ? unreadInTrash : unreadElsewhere;
            int unreadThreads = 0;
            for (int place = 0; place < unread.size(); place++) {
                unreadThreads += all.contains(unread.get(place)) ? 1 : 0;
            }
            counts.put(mailbox, new Counts(unreadEmails.getOrDefault(mailbox, 0), all.size(), unreadThreads));
        });
        return counts;
    }

    private static boolean isUnread(Set<Keyword> keywords) {
        return !keywords.contains(Keyword.SEEN) && !keywords.contains(Keyword.DRAFT);
    }
}
