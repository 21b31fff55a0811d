package org.merpati.core.jmap;

import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Emails;

/** A type that is pushed and whose states are those of its account, as those of most are. */
public record AccountState(String name, Set<Change.Kind> kinds) implements PushedType {
    public AccountState(String name, Change.Kind kind) {
        this(name, Set.of(kind));
    }

    @Override
    public String state(Services services, AccountId account) {
        return States.of(services.get(Emails.class).state(account));
    }
}
