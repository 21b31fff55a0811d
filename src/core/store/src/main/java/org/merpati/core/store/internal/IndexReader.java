package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
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
    private static final String COLUMNS = "select m.uid, m.email_id, " + Memberships.MODSEQ
            + ", m.deleted, e.thread_id, e.received, e.size, e.keywords from ";

    @Inject
    Sql sql;

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
        return sql.select(
                rows(),
                COLUMNS + "mailbox_email m join email e on e.id = m.email_id where m.mailbox_id = ? and m.uid > ?"
                        + " order by m.mailbox_id, m.uid limit ?",
                mailbox.value(),
                after,
                ROWS);
    }

    boolean isLast(List<IndexRow> page) {
        return page.size() < ROWS;
    }

    /**
     * The index with all changes of the mailbox since its modseq; that becomes {@code now}, read before. They are found among
     * the emails of the account that have changed since: no place has a greater modseq than its email.
     */
    MailboxIndex changed(MailboxIndex index, AccountId account, MailboxId mailbox, ModSeq now) {
        long since = index.modSeq().value();
        var rows = sql.select(
                rows(),
                COLUMNS + "email e left join mailbox_email m on m.email_id = e.id and m.mailbox_id = ?"
                        + " where e.account_id = ? and e.modseq > ? and m.uid is not null and " + Memberships.MODSEQ
                        + " > ?",
                mailbox.value(),
                account.value(),
                since,
                since);
        var gone = sql.select(
                row -> row.getLong(1),
                "select uid from expunged where mailbox_id = ? and modseq > ?",
                mailbox.value(),
                since);
        return index.with(now, rows, gone);
    }

    private static Sql.Reader<IndexRow> rows() {
        var seen = new HashMap<String, Set<Keyword>>();
        return row -> new IndexRow(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getBoolean(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                seen.computeIfAbsent(row.getString(8), Keywords::read));
    }
}
