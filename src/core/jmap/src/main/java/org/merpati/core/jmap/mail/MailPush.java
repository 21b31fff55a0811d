package org.merpati.core.jmap.mail;

import java.util.List;
import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.api.watch.Change.Kind;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.States;
import org.merpati.core.store.Emails;

/** The types of mail that are pushed (RFC 8621 §1.5); the states of all are those of the account. */
record MailPush(String name, Set<Kind> kinds) implements PushedType {
    private static final int PAGE = 100;

    static List<PushedType> types() {
        return List.of(
                new MailPush("Mailbox", Set.of(Kind.MAILBOX)),
                new MailPush("Thread", Set.of(Kind.THREAD)),
                new MailPush("Email", Set.of(Kind.EMAIL)),
                new Delivery());
    }

    @Override
    public String state(Services services, AccountId account) {
        return States.of(services.get(Emails.class).state(account));
    }

    /** EmailDelivery: its state changes when emails are added and at nothing else. */
    private record Delivery() implements PushedType {
        @Override
        public String name() {
            return "EmailDelivery";
        }

        @Override
        public Set<Kind> kinds() {
            return Set.of(Change.Kind.EMAIL);
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
