package org.merpati.core.jmap.submission;

import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.jmap.ChangingType;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.States;
import org.merpati.core.store.Emails;

/** Identity and EmailSubmission as they are pushed (RFC 8621 §1.5): their states are the account's, their changes their own. */
record SubmissionPush(ChangingType type, Change.Kind kind) implements PushedType {
    @Override
    public String name() {
        return type.name();
    }

    @Override
    public Set<Change.Kind> kinds() {
        return Set.of(kind);
    }

    @Override
    public String state(Services services, AccountId account) {
        return States.of(services.get(Emails.class).state(account));
    }

    @Override
    public boolean news(Services services, AccountId account, String known, String now) {
        var changes = States.parse(known).flatMap(since -> type.changes(services, account, since, 1));
        return changes.isEmpty()
                || changes.get().more()
                || !changes.get().created().isEmpty()
                || !changes.get().updated().isEmpty()
                || !changes.get().destroyed().isEmpty();
    }
}
