package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;

/**
 * The lock of whoever changes an account: its row, by raising its modseq (DESIGN §2.10). Several are locked in ascending
 * id order, so that two transactions never wait for each other. Uids and modseqs are given only under it.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
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

    /** Locks those of the accounts that there are, in ascending order, and gives them back. */
    SortedSet<AccountId> lockAll(Collection<AccountId> accounts) {
        var locked = new TreeSet<AccountId>();
        for (var account : new TreeSet<>(accounts)) {
            if (raise(account)) {
                locked.add(account);
            }
        }
        return locked;
    }

    private boolean raise(AccountId account) {
        return db.createQuery("update Account a set a.modseq = a.modseq + 1 where a.id = :id and a.removed is null")
                        .setParameter("id", account.value())
                        .executeUpdate()
                == 1;
    }
}
