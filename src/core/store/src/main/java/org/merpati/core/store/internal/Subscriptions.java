package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;

/**
 * Subscriptions are to names (RFC 9051 §6.3.7): that of a mailbox stands in its row, and one that outlives its mailbox
 * is kept by itself until a mailbox has the name again.
 */
@ApplicationScoped
public class Subscriptions {
    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    /** The mailbox goes, the subscription stays. */
    void keep(AccountId account, String name) {
        sql.update("insert into orphaned_subscription (account_id, name) values (?, ?)", account.value(), name);
    }

    /** Those without a mailbox are those of the mailboxes that have their names now. */
    void adopt(AccountId account) {
        sql.update(
                "update mailbox set subscribed = true where account_id = ? and name in"
                        + " (select o.name from orphaned_subscription o where o.account_id = ?)",
                account.value(),
                account.value());
        sql.update(
                "delete from orphaned_subscription where account_id = ? and name in"
                        + " (select m.name from mailbox m where m.account_id = ?)",
                account.value(),
                account.value());
    }

    /** False when there is none to that name. */
    boolean end(AccountId account, String given) {
        var name = MailboxNames.normal(given);
        var modSeq = changes.begin(account);
        if (modSeq.isEmpty() || name.isEmpty()) {
            return false;
        }
        int ended = sql.update(
                "update mailbox set subscribed = false, modseq = ?, changed_modseq = ? where account_id = ? and name = ?"
                        + " and subscribed = true",
                modSeq.get().value(),
                modSeq.get().value(),
                account.value(),
                name.get());
        if (ended > 0) {
            changes.record(account, modSeq.get(), Set.of(Change.Kind.MAILBOX));
        }
        int kept = sql.update(
                "delete from orphaned_subscription where account_id = ? and name = ?", account.value(), name.get());
        return ended + kept > 0;
    }
}
