package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;

/**
 * A change of one account that may turn out to be none: the account's row is locked as by {@link AccountLock}, but its
 * modseq is raised only when {@link #record} says that something has changed.
 */
@ApplicationScoped
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

    /**
     * Begins a change of each of these accounts. They are locked in ascending id order, so that two transactions never wait
     * for each other; those that are not there are left out.
     */
    SortedMap<AccountId, ModSeq> begin(Collection<AccountId> accounts) {
        var begun = new TreeMap<AccountId, ModSeq>();
        for (var account : new TreeSet<>(accounts)) {
            begin(account).ifPresent(modSeq -> begun.put(account, modSeq));
        }
        return begun;
    }

    /** Something has changed: the modseq counts, and watchers are told of it after the commit. */
    void record(AccountId account, ModSeq modSeq, Set<Change.Kind> kinds) {
        sql.update("update account set modseq = ? where id = ?", modSeq.value(), account.value());
        news.tell(account, modSeq, kinds);
    }

    /**
     * The same for accounts each of which has so many emails more, in one statement: what {@link AccountCounters#add} says
     * is in it.
     *
     * @param octets of all those emails
     */
    void recordNewEmails(Map<AccountId, ModSeq> changed, long emails, long octets, Set<Change.Kind> kinds) {
        sql.batch(
                "update account set modseq = ?, messages = messages + ?, size = size + ? where id = ?",
                changed.entrySet().stream()
                        .map(change -> new Object[] {
                            change.getValue().value(),
                            emails,
                            octets,
                            change.getKey().value()
                        })
                        .toList());
        changed.forEach((account, modSeq) -> news.tell(account, modSeq, kinds));
    }
}
