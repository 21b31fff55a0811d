package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Threads;

/** Threads have no rows: they are what emails and their tombstones name. */
@ApplicationScoped
@Transactional
public class StoredThreads implements Threads {
    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    Sql sql;

    private record Member(ThreadId thread, EmailId email) {}

    /** An email of a thread, and whether it can be seen now. */
    private record Sight(long thread, long id, long created, long modSeq, boolean now) {
        /** Whether it could be seen then, as far as its row tells; one that has changed since may have been hidden before. */
        boolean then(long since) {
            return created <= since && (now || modSeq > since);
        }
    }

    /** That a thread gained or lost an email. */
    private record Event(long modSeq, long thread) {}

    @Override
    public Map<ThreadId, List<EmailId>> emails(AccountId account, List<ThreadId> threads) {
        if (threads.size() > Emails.PAGE) {
            throw new IllegalArgumentException("at most " + Emails.PAGE + " threads at once");
        }
        var emails = new LinkedHashMap<ThreadId, List<EmailId>>();
        if (!threads.isEmpty()) {
            new AccountRows(
                            "select thread_id, id from email where :rows and exists (select 1 from mailbox_email m"
                                    + " where m.email_id = id and not m.deleted) order by received, id",
                            "thread_id",
                            AccountRows.of(account.value(), values(threads)))
                    .select(sql, row -> new Member(new ThreadId(row.getLong(1)), new EmailId(row.getLong(2))))
                    .forEach(member -> emails.computeIfAbsent(member.thread(), thread -> new ArrayList<>())
                            .add(member.email()));
        }
        return emails;
    }

    private static List<Long> values(List<ThreadId> threads) {
        return threads.stream().distinct().map(ThreadId::value).toList();
    }

    @Override
    public Optional<Changes> changes(AccountId account, ModSeq since, int limit) {
        var range = db.createQuery("select a.historyFrom, a.modseq from Account a where a.id = :id", Object[].class)
                .setParameter("id", account.value())
                .getResultStream()
                .findFirst();
        if (range.isEmpty() || since.value() < (Long) range.get()[0] || since.value() > (Long) range.get()[1]) {
            return Optional.empty();
        }
        long state = (Long) range.get()[1];
        var threads = new LinkedHashSet<Long>();
        long upTo = page(account.value(), since.value(), state, Math.max(1, limit), threads);
        return Optional.of(sorted(account.value(), since.value(), threads, upTo, state));
    }

    /**
     * Collects the threads that changed, oldest change first, and says up to which modseq these are all. No modseq is divided,
     * so that there may be more than {@code limit}.
     */
    private long page(long account, long since, long state, int limit, Set<Long> threads) {
        var events = new ArrayList<Event>();
        long whole = Math.min(
                read(gains(account, since, state), limit, events), read(losses(account, since, state), limit, events));
        whole = Math.min(whole, read(marks(account, since, since, state), limit, events));
        whole = Math.min(whole, read(returns(account, since, since, state), limit, events));
        events.sort(Comparator.comparingLong(Event::modSeq));
        long upTo = since;
        int from = 0;
        while (from < events.size()) {
            long modSeq = events.get(from).modSeq();
            int to = from;
            var more = new HashSet<Long>();
            for (; to < events.size() && events.get(to).modSeq() == modSeq; to++) {
                more.add(events.get(to).thread());
            }
            if (modSeq > whole) {
                // all that was read is of this one modseq: the rest of it too
                if (!threads.isEmpty()) {
                    return upTo;
                }
                events.clear();
                read(gains(account, modSeq - 1, modSeq), Integer.MAX_VALUE - 1, events);
                read(losses(account, since, modSeq), Integer.MAX_VALUE - 1, events);
                read(marks(account, since, modSeq - 1, modSeq), Integer.MAX_VALUE - 1, events);
                read(returns(account, since, modSeq - 1, modSeq), Integer.MAX_VALUE - 1, events);
                events.stream().filter(event -> event.modSeq() == modSeq).forEach(event -> threads.add(event.thread()));
                return modSeq;
            }
            more.removeAll(threads);
            if (!threads.isEmpty() && threads.size() + more.size() > limit) {
                return upTo;
            }
            threads.addAll(more);
            upTo = modSeq;
            from = to;
        }
        return whole == Long.MAX_VALUE ? state : upTo;
    }

    /** Reads one more than the limit; up to which modseq nothing is missing. */
    private static long read(Query query, int limit, List<Event> events) {
        List<?> rows = query.setMaxResults(limit + 1).getResultList();
        long last = 0;
        for (var row : rows) {
            var columns = (Object[]) row;
            last = ((Number) columns[0]).longValue();
            events.add(new Event(last, ((Number) columns[1]).longValue()));
        }
        return rows.size() > limit ? last - 1 : Long.MAX_VALUE;
    }

    /** Emails made since then. A email's modseq is never less than that of its making, and has an index. */
    private Query gains(long account, long since, long upTo) {
        return db.createQuery(
                        "select e.createdModseq, e.threadId from Email e where e.accountId = :account and e.modseq > :since"
                                + " and e.createdModseq > :since and e.createdModseq <= :upTo"
                                + " order by e.accountId, e.createdModseq")
                .setParameter("account", account)
                .setParameter("since", since)
                .setParameter("upTo", upTo);
    }

    /** Emails that were there then and are no more. */
    private Query losses(long account, long since, long upTo) {
        return db.createNativeQuery("select modseq, thread_id from destroyed where account_id = ?1 and kind = 'email'"
                        + " and modseq > ?2 and modseq <= ?3 and created_modseq <= ?2 order by account_id, modseq")
                .setParameter(1, account)
                .setParameter(2, since)
                .setParameter(3, upTo);
    }

    /**
     * Emails that were there then and changed, and are marked as deleted somewhere now: they may have left their thread's sight
     * (RFC 8621 §4.1.1).
     */
    private Query marks(long account, long since, long after, long upTo) {
        return db.createNativeQuery("select e.modseq, e.thread_id from email e where e.account_id = ?1"
                        + " and e.modseq > ?3 and e.modseq <= ?4 and e.created_modseq <= ?2"
                        + " and exists (select 1 from mailbox_email m where m.email_id = e.id and m.deleted)"
                        + " order by e.account_id, e.modseq")
                .setParameter(1, account)
                .setParameter(2, since)
                .setParameter(3, after)
                .setParameter(4, upTo);
    }

    /** Emails that were there then, marked as deleted or not, and that a mark taken back has brought into sight again. */
    private Query returns(long account, long since, long after, long upTo) {
        return db.createNativeQuery("select modseq, thread_id from destroyed where account_id = ?1 and kind = '"
                        + ChangeLog.RETURNED + "' and modseq > ?3 and modseq <= ?4 and created_modseq <= ?2"
                        + " order by account_id, modseq")
                .setParameter(1, account)
                .setParameter(2, since)
                .setParameter(3, after)
                .setParameter(4, upTo);
    }

    private Changes sorted(long account, long since, Set<Long> threads, long upTo, long state) {
        var there = new HashSet<Long>();
        var before = new HashSet<Long>();
        if (!threads.isEmpty()) {
            var returned = returned(account, since);
            new AccountRows(
                            "select thread_id, id, created_modseq, modseq, case when exists (select 1 from mailbox_email m"
                                    + " where m.email_id = id and not m.deleted) then 1 else 0 end from email where :rows",
                            "thread_id",
                            AccountRows.of(account, threads))
                    .select(
                            sql,
                            row -> new Sight(
                                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getInt(5) == 1))
                    .forEach(email -> {
                        if (email.now()) {
                            there.add(email.thread());
                        }
                        if (email.then(since) && !returned.contains(email.id())) {
                            before.add(email.thread());
                        }
                    });
            before.addAll(lost(account, since, threads));
        }
        var created = new ArrayList<ThreadId>();
        var updated = new ArrayList<ThreadId>();
        var destroyed = new ArrayList<ThreadId>();
        for (var thread : threads) {
            if (there.contains(thread)) {
                (before.contains(thread) ? updated : created).add(new ThreadId(thread));
            } else if (before.contains(thread)) {
                destroyed.add(new ThreadId(thread));
            }
        }
        return new Changes(created, updated, destroyed, new ModSeq(upTo), upTo < state);
    }

    private Set<Long> returned(long account, long since) {
        return Set.copyOf(sql.select(
                row -> row.getLong(1),
                "select id from destroyed where account_id = ? and modseq > ? and kind = '" + ChangeLog.RETURNED + "'",
                account,
                since));
    }

    /** Those of the threads that had an email then which is no more. */
    private Set<Long> lost(long account, long since, Collection<Long> threads) {
        var lost = new HashSet<Long>();
        for (var row : losses(account, since, Long.MAX_VALUE).getResultList()) {
            lost.add(((Number) ((Object[]) row)[1]).longValue());
        }
        lost.retainAll(threads);
        return lost;
    }
}
