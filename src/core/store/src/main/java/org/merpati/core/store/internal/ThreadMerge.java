package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
@Transactional(Transactional.TxType.MANDATORY)
public class ThreadMerge {
    /** One merge moves at most that many emails; threads that would be too many stay apart. */
    static final int MOST = 500;

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

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
        db.createQuery(
                        "select e.threadId, count(e.id) from Email e where e.accountId = :account and e.threadId in :ids"
                                + " group by e.threadId",
                        Object[].class)
                .setParameter("account", account)
                .setParameter("ids", ids)
                .getResultStream()
                .forEach(row -> emails.put((Long) row[0], (Long) row[1]));
        return emails.entrySet().stream()
                .map(entry -> new Candidate(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Candidate::emails)
                        .thenComparing(Comparator.comparingLong(Candidate::id).reversed()))
                .toList();
    }

    private void move(long account, long modSeq, List<Long> threads, long kept) {
        var old = db.createQuery(
                        "select e from Email e where e.accountId = :account and e.threadId in :threads",
                        EmailEntity.class)
                .setParameter("account", account)
                .setParameter("threads", threads)
                .getResultList();
        if (!old.isEmpty()) {
            bury(account, threads);
            db.createQuery(
                            "update Email e set e.delivery = null where e.accountId = :account and e.threadId in :threads")
                    .setParameter("account", account)
                    .setParameter("threads", threads)
                    .executeUpdate(); // unique, and the new rows carry them
            var successors = new HashMap<Long, Long>();
            for (var email : old) {
                var successor = successor(email, modSeq, kept);
                db.persist(successor);
                successors.put(email.id, successor.id);
            }
            db.flush(); // before what refers to them
            rehome(successors, modSeq);
            db.createQuery("delete from Email e where e.accountId = :account and e.threadId in :threads")
                    .setParameter("account", account)
                    .setParameter("threads", threads)
                    .executeUpdate();
        }
        db.createQuery(
                        "update ThreadKey k set k.threadId = :kept where k.accountId = :account and k.threadId in :threads")
                .setParameter("kept", kept)
                .setParameter("account", account)
                .setParameter("threads", threads)
                .executeUpdate();
    }

    private void bury(long account, List<Long> threads) {
        var places = String.join(", ", Collections.nCopies(threads.size(), "?"));
        var insert = db.createNativeQuery(
                        "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq)"
                                + " select e.account_id, 'email', e.id, e.thread_id, e.created_modseq, a.modseq"
                                + " from email e, account a where a.id = ? and e.account_id = a.id and e.thread_id in ("
                                + places + ")")
                .setParameter(1, account);
        for (int i = 0; i < threads.size(); i++) {
            insert.setParameter(2 + i, threads.get(i));
        }
        insert.executeUpdate();
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
