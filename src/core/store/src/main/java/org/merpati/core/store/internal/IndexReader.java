package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.index.IndexRow;
import org.merpati.core.store.index.MailboxIndex;

/**
 * Reads what an index is made of, each time in a transaction of its own: what others have committed, and nothing of what
 * the caller has open.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class IndexReader {
    private static final int ROWS = 10_000;
    private static final String SELECT =
            "select m.uid, m.emailId, m.modseq, m.deleted, e.threadId, e.received, e.size, e.keywords"
                    + " from Membership m, Email e where m.mailboxId = :mailbox and e.id = m.emailId ";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    /**
     * Where a mailbox stands.
     *
     * @param historyFrom tombstones up to that modseq are forgotten; greater than any index that knows nothing
     */
    record State(ModSeq modSeq, long messages, ModSeq historyFrom) {}

    Optional<State> state(AccountId account, MailboxId mailbox) {
        return db.createQuery(
                        "select m.modseq, m.messages, a.historyFrom from Mailbox m, Account a"
                                + " where m.id = :id and m.accountId = :account and a.id = m.accountId and a.removed is null",
                        Object[].class)
                .setParameter("id", mailbox.value())
                .setParameter("account", account.value())
                .getResultStream()
                .map(row -> new State(new ModSeq((Long) row[0]), (Long) row[1], new ModSeq(Math.max(1, (Long) row[2]))))
                .findFirst();
    }

    /** The account's mailboxes and their names. */
    Map<MailboxId, String> mailboxes(AccountId account) {
        return db.createQuery("select m.id, m.name from Mailbox m where m.accountId = :account", Object[].class)
                .setParameter("account", account.value())
                .getResultStream()
                .collect(Collectors.toMap(row -> new MailboxId((Long) row[0]), row -> (String) row[1]));
    }

    /** The messages after that uid, as many as one statement gives. */
    List<IndexRow> page(MailboxId mailbox, long after) {
        return rows(db.createQuery(SELECT + "and m.uid > :after order by m.mailboxId, m.uid", Object[].class)
                .setParameter("mailbox", mailbox.value())
                .setParameter("after", after)
                .setMaxResults(ROWS));
    }

    boolean isLast(List<IndexRow> page) {
        return page.size() < ROWS;
    }

    /** The index with all changes of the mailbox since its modseq; that becomes {@code now}, read before. */
    MailboxIndex changed(MailboxIndex index, MailboxId mailbox, ModSeq now) {
        var since = index.modSeq();
        var rows = rows(db.createQuery(SELECT + "and m.modseq > :since", Object[].class)
                .setParameter("mailbox", mailbox.value())
                .setParameter("since", since.value()));
        @SuppressWarnings("unchecked") // one column of numbers
        List<Number> gone = db.createNativeQuery("select uid from expunged where mailbox_id = ? and modseq > ?")
                .setParameter(1, mailbox.value())
                .setParameter(2, since.value())
                .getResultList();
        return index.with(now, rows, gone.stream().map(Number::longValue).toList());
    }

    private static List<IndexRow> rows(TypedQuery<Object[]> query) {
        Map<String, Set<Keyword>> seen = new HashMap<>();
        return query.getResultStream()
                .map(row -> new IndexRow(
                        (Long) row[0],
                        (Long) row[1],
                        (Long) row[2],
                        (Boolean) row[3],
                        (Long) row[4],
                        (Long) row[5],
                        (Long) row[6],
                        seen.computeIfAbsent((String) row[7], Keywords::read)))
                .toList();
    }
}
