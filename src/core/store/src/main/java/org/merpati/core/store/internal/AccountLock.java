package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;

/**
 * The lock of whoever changes an account: its row, by raising its modseq (DESIGN §2.10). Uids and
 * modseqs are given only under it. {@link AccountChanges} locks the same row.
 */
@ApplicationScoped
public class AccountLock {
    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    /** The new modseq, held until the transaction ends; empty when there is no such account. */
    Optional<ModSeq> lock(AccountId account) {
        if (!raise(account)) {
            return Optional.empty();
        }
        return Optional.of(new ModSeq(db.createQuery("select a.modseq from Account a where a.id = :id", Long.class)
                .setParameter("id", account.value())
                .getSingleResult()));
    }

    private boolean raise(AccountId account) {
        return db.createQuery("update Account a set a.modseq = a.modseq + 1 where a.id = :id and a.removed is null")
                        .setParameter("id", account.value())
                        .executeUpdate()
                == 1;
    }
}
