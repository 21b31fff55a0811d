package org.merpati.core.store;

import java.util.NoSuchElementException;

/**
 * What became of a change that may be refused for a reason the caller can name. A refusal is decided before the first
 * write: nothing has changed then (DESIGN §2.11).
 */
public sealed interface Attempt<T> {
    record Made<T>(T value) implements Attempt<T> {}

    record Refused<T>(Refusal why) implements Attempt<T> {}

    /** Why the store does not do what was asked; the protocols translate it into their codes. */
    enum Refusal {
        /** The account is gone. */
        NO_SUCH_ACCOUNT,
        /** The mailbox, or one of those named, is not there. */
        NO_SUCH_MAILBOX,
        /** There is a mailbox of that name (RFC 5530 §3 ALREADYEXISTS). */
        NAME_TAKEN,
        /** Empty, too long, with empty levels or characters that a name can't have (RFC 5530 §3 CANNOT). */
        BAD_NAME,
        /** A mailbox can't stand below itself. */
        BELOW_ITSELF,
        /** Another mailbox of the account has the role (RFC 8621 §2). */
        ROLE_TAKEN,
        /** No role of the IANA registry that a mailbox here can have. */
        BAD_ROLE,
        /** INBOX is never removed (RFC 9051 §6.3.5). */
        IS_INBOX,
        /** Mailboxes below it have to go first (RFC 5530 §3 HASCHILDREN). */
        HAS_CHILDREN,
        /** It holds messages, and the caller did not say that they may go (RFC 8621 §2.5 mailboxHasEmail). */
        HAS_MESSAGES,
        /** More mailboxes than {@link Mailboxes#MOST}. */
        TOO_MANY_MAILBOXES,
        /** More keywords than an email can have. */
        TOO_MANY_KEYWORDS,
        /** The mailbox has given its last uid (RFC 9051 §2.3.1.1). */
        NO_UIDS_LEFT,
        /** The email would be in no mailbox at all (RFC 8621 §4.1.1). */
        NO_MAILBOX_LEFT,
        /** The quota of the account or of its domain (RFC 5530 §3 OVERQUOTA). */
        OVER_QUOTA,
        /** The email is not there. */
        NO_SUCH_EMAIL,
        /** More octets than {@link Annotations#LARGEST}, or a longer name than {@link Annotations#LONGEST_NAME}. */
        ANNOTATION_TOO_LARGE,
        /** More entries than {@link Annotations#MOST}. */
        TOO_MANY_ANNOTATIONS
    }

    static <T> Attempt<T> made(T value) {
        return new Made<>(value);
    }

    static <T> Attempt<T> refused(Refusal why) {
        return new Refused<>(why);
    }

    /** The value of what was made. */
    default T orThrow() {
        return switch (this) {
            case Made<T>(var value) -> value;
            case Refused<T>(var why) -> throw new NoSuchElementException("refused: " + why);
        };
    }
}
