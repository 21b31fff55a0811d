package org.merpati.core.jmap.mail;

import java.util.List;
import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change.Kind;
import org.merpati.core.jmap.AccountState;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.States;
import org.merpati.core.store.Emails;

/** The types of mail that are pushed (RFC 8621 §1.5). */
final class MailPush {
    private static final int PAGE = 100;

    private MailPush() {}

    static List<PushedType> types() {
        return List.of(
                new AccountState("Mailbox", Kind.MAILBOX),
                new AccountState("Thread", Kind.THREAD),
                new AccountState("Email", Kind.EMAIL),
                new Delivery());
    }

    /** EmailDelivery: its state changes when emails are added and at nothing else. */
    private record Delivery() implements PushedType {
        @Override
        public String name() {
            return "EmailDelivery";
        }

        @Override
        public Set<Kind> kinds() {
            return Set.of(Kind.EMAIL);
        }

        @Override
        public String state(Services services, AccountId account) {
            return States.of(services.get(Emails.class).state(account));
        }

        @Override
        public boolean news(Services services, AccountId account, String known, String now) {
            if (known.equals(now)) {
                return false;
            }
            var changes = States.parse(known)
                    .flatMap(since -> services.get(Emails.class).changes(account, since, PAGE));
            return changes.isEmpty()
                    || changes.get().more()
                    || !changes.get().created().isEmpty();
        }
    }
}
