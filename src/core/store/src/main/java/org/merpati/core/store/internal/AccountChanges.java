package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;

/**
 * A change of one account that may turn out to be none: the account's row is locked as by {@link AccountLock}, but its
 * modseq is raised only when {@link #record} says that something has changed.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class AccountChanges {
    @Inject
    Sql sql;

    @Inject
    AccountNews news;

    /** Locks the account; the modseq of what is changed now. Empty when there is no such account. */
    Optional<ModSeq> begin(AccountId account) {
        return sql
                .select(
                        row -> row.getLong(1),
                        "select modseq from account where id = ? and removed is null for update",
                        account.value())
                .stream()
                .map(last -> new ModSeq(last + 1))
                .findFirst();
    }

    /** Something has changed: the modseq counts, and watchers are told of it after the commit. */
    void record(AccountId account, ModSeq modSeq, Set<Change.Kind> kinds) {
        sql.update("update account set modseq = ? where id = ?", modSeq.value(), account.value());
        news.tell(account, modSeq, kinds);
    }
}
