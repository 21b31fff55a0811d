package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.AfterCommit;
import org.merpati.core.store.PlatformHolder;

/** Tells an account's watchers of what the current transaction changes, once it has committed. */
@ApplicationScoped
public class AccountNews {
    @Inject
    AfterCommit afterCommit;

    @Inject
    PlatformHolder server;

    void tell(AccountId account, ModSeq modSeq, Set<Change.Kind> kinds) {
        var change = new Change(account, modSeq, kinds);
        afterCommit.run(() -> server.platform().watchers().changed(change));
    }
}
