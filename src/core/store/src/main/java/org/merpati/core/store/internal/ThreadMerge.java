package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Makes one thread of several. A client may have been told of an email's thread, which never changes (RFC 8621 §3): so the
 * emails that move are destroyed, tombstones included, and are there again with new ids. Their places in mailboxes stay, with
 * their uids, flags and dates.
 *
 * <p>Departs from RFC 8474 §5.1, by which a uid keeps its EMAILID: RFC 8621 asks for another id, and giving the messages new uids
 * as well would make every IMAP and POP3 client download them again. The threads that move are the smaller ones, most often a
 * single reply that came before what it replies to.
 */
@ApplicationScoped
public class ThreadMerge {
    /** One merge moves at most that many emails; threads that would be too many stay apart. */
    static final int MOST = 500;

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    Sql sql;

    private record Candidate(long id, long emails) {}

    /**
     * Moves the emails of the smaller threads to the largest, or of equal ones to the oldest; keys of threads move with
     * them.
     *
     * @param modSeq the account's new one
     * @return the thread that is left
     */
    long merge(long account, long modSeq, Collection<Long> ids) {
        var threads = candidates(account, ids);
        var kept = threads.getLast();
        var moving = new ArrayList<Long>();
        long emails = 0;
        for (var thread : threads.subList(0, threads.size() - 1)) {
            emails += thread.emails();
            if (emails > MOST) {
                break;
            }
            moving.add(thread.id());
        }
        if (!moving.isEmpty()) {
            move(account, modSeq, moving, kept.id());
        }
        return kept.id();
    }

    /** The smallest first, of equal ones the youngest. */
    private List<Candidate> candidates(long account, Collection<Long> ids) {
        var emails = new HashMap<Long, Long>();
        ids.forEach(id -> emails.put(id, 0L));
        new AccountRows(
                        "select thread_id, count(*) from email where :rows group by thread_id",
                        "thread_id",
                        AccountRows.of(account, ids))
                .select(sql, row -> new Candidate(row.getLong(1), row.getLong(2)))
                .forEach(thread -> emails.put(thread.id(), thread.emails()));
        return emails.entrySet().stream()
                .map(entry -> new Candidate(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Candidate::emails)
                        .thenComparing(Comparator.comparingLong(Candidate::id).reversed()))
                .toList();
    }

    private void move(long account, long modSeq, List<Long> threads, long kept) {
        var rows = AccountRows.of(account, threads);
        var ids = new AccountRows("select id from email where :rows", "thread_id", rows)
                .select(sql, row -> row.getLong(1));
        if (!ids.isEmpty()) {
            new AccountRows(
                            "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq)"
                                    + " select account_id, 'email', id, thread_id, created_modseq, " + modSeq
                                    + " from email where :rows",
                            "thread_id",
                            rows)
                    .update(sql);
            rehome(succeed(ids, modSeq, kept), modSeq);
            byIds("delete from Email e where e.id in :ids", ids).executeUpdate();
        }
        new AccountRows("update thread_key set thread_id = " + kept + " where :rows", "thread_id", rows).update(sql);
    }

    /** Makes the new emails; their ids by the old ones'. */
    private Map<Long, Long> succeed(List<Long> ids, long modSeq, long thread) {
        var old = db.createQuery("select e from Email e where e.id in :ids", EmailEntity.class)
                .setParameter("ids", ids)
                .getResultList();
        // unique, and the new ones carry them
        byIds("update Email e set e.delivery = null where e.id in :ids", ids).executeUpdate();
        var successors = new HashMap<Long, Long>();
        for (var email : old) {
            var successor = successor(email, modSeq, thread);
            db.persist(successor);
            successors.put(email.id, successor.id);
        }
        db.flush(); // before what refers to them
        return successors;
    }

    private Query byIds(String jpql, Collection<Long> ids) {
        return db.createQuery(jpql).setParameter("ids", ids);
    }

    private static EmailEntity successor(EmailEntity email, long modSeq, long thread) {
        var successor = new EmailEntity();
        successor.accountId = email.accountId;
        successor.blobId = email.blobId;
        successor.threadId = thread;
        successor.received = email.received;
        successor.size = email.size;
        successor.headerSize = email.headerSize;
        successor.subject = email.subject;
        successor.keywords = email.keywords;
        successor.delivery = email.delivery;
        successor.modseq = modSeq;
        successor.createdModseq = modSeq;
        return successor;
    }

    private void rehome(Map<Long, Long> successors, long modSeq) {
        var mailboxes = new TreeSet<Long>();
        var memberships = db.createQuery(
                        "select m from Membership m where m.emailId in :emails", MembershipEntity.class)
                .setParameter("emails", successors.keySet())
                .getResultList();
        for (var membership : memberships) {
            membership.emailId = successors.get(membership.emailId);
            membership.modseq = modSeq;
            mailboxes.add(membership.mailboxId);
        }
        db.flush();
        if (!mailboxes.isEmpty()) {
            db.createQuery("update Mailbox m set m.modseq = :modseq where m.id in :mailboxes")
                    .setParameter("modseq", modSeq)
                    .setParameter("mailboxes", mailboxes)
                    .executeUpdate();
        }
    }
}
