package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;

/** Finds emails by statements: all of an account, and those of a mailbox that is too large for the index in memory. */
@ApplicationScoped
@Transactional
public class EmailSearch {
    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    ModSeq state(AccountId account) {
        return number("select a.modseq from Account a where a.id = :id", account.value())
                .map(ModSeq::new)
                .orElse(new ModSeq(0));
    }

    /** From the counters: no row is counted. */
    long total(AccountId account, Optional<MailboxId> mailbox) {
        return mailbox.map(id -> db.createQuery(
                                "select m.messages from Mailbox m where m.id = :id and m.accountId = :account",
                                Long.class)
                        .setParameter("id", id.value())
                        .setParameter("account", account.value())
                        .getResultStream()
                        .findFirst())
                .orElseGet(() -> number("select a.messages from Account a where a.id = :id", account.value()))
                .orElse(0L);
    }

    List<EmailId> page(AccountId account, Optional<MailboxId> mailbox, boolean ascending, long first, int count) {
        var from = mailbox.isPresent()
                ? "from Email e, Membership m where e.accountId = :account and m.mailboxId = :mailbox and m.emailId = e.id"
                : "from Email e where e.accountId = :account";
        var order = ascending
                ? " order by e.accountId, e.received, e.id"
                : " order by e.accountId desc, e.received desc, e.id desc";
        TypedQuery<Long> query =
                db.createQuery("select e.id " + from + order, Long.class).setParameter("account", account.value());
        mailbox.ifPresent(id -> query.setParameter("mailbox", id.value()));
        return query.setFirstResult(Math.toIntExact(first))
                .setMaxResults(count)
                .getResultStream()
                .map(EmailId::new)
                .toList();
    }

    private Optional<Long> number(String query, long id) {
        return db.createQuery(query, Long.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }
}
