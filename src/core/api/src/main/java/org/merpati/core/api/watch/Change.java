package org.merpati.core.api.watch;

import java.util.EnumSet;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;

/**
 * That an account changed: where the details begin and end is for the change log to say.
 *
 * @param modSeq of the last change
 * @param kinds of what changed, at least one
 */
public record Change(AccountId account, ModSeq modSeq, Set<Kind> kinds) {
    /** The types of data that JMAP has states of (RFC 8621 §1.5), and what IMAP clients note of mailboxes. */
    public enum Kind {
        /** New mail came in from outside. */
        EMAIL_DELIVERY,
        /** Emails were added, changed or destroyed. */
        EMAIL,
        /** Threads gained or lost emails. */
        THREAD,
        /** Mailboxes were made, changed or removed, or their counters moved. */
        MAILBOX,
        /** Identities to send as were made, changed or removed. */
        IDENTITY,
        /** Something was sent, or its record removed. */
        SUBMISSION,
        /** What is said to those who write to somebody who is away. */
        VACATION,
        /** Entries of a mailbox or of the account were set or removed (RFC 5464). */
        ANNOTATION,
        /** A new password was set, or the account is gone: whoever signed in before has to do so again. */
        CREDENTIALS;

        /** All but {@link #CREDENTIALS}: whatever an account holds. */
        public static Set<Kind> ofData() {
            return EnumSet.complementOf(EnumSet.of(CREDENTIALS));
        }
    }

    public Change {
        kinds = Set.copyOf(kinds);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("a change is of some kind");
        }
    }

    /** Both at once. */
    public Change and(Change other) {
        var all = EnumSet.copyOf(kinds);
        all.addAll(other.kinds);
        return new Change(account, modSeq.compareTo(other.modSeq) < 0 ? other.modSeq : modSeq, all);
    }
}
