package org.merpati.core.imap;

import org.merpati.core.api.door.NotDone;
import org.merpati.core.store.Attempt;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/** How IMAP words what the door could not do (RFC 5530 §3). */
final class ImapFailures {
    private ImapFailures() {}

    static Completion completion(NotDone failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> Completion.no(Plain.UNAVAILABLE, "The server is busy; try again in a moment");
            case NO_CONNECTION -> Completion.no(Plain.UNAVAILABLE, "The database can't be reached; try again later");
            case NO_SPACE -> Completion.no(Plain.UNAVAILABLE, "The server can't write now; reading goes on");
            case ROLLED_BACK -> Completion.no(Plain.UNAVAILABLE, "Nothing was changed; try again");
            case UNKNOWN_OUTCOME ->
                Completion.no(Plain.UNAVAILABLE, "It is not known whether the change was made" + number(failure));
            case BUG -> Completion.no(Plain.SERVERBUG, "Internal error" + number(failure));
        };
    }

    /** Why the store did not do it. */
    static Completion completion(Attempt.Refusal why) {
        return switch (why) {
            case NO_SUCH_ACCOUNT -> Completion.no(Plain.NONEXISTENT, "The account was removed");
            case NO_SUCH_MAILBOX -> Completion.no(Plain.NONEXISTENT, "There is no such mailbox");
            case NO_SUCH_EMAIL -> Completion.no(Plain.NONEXISTENT, "There is no such message");
            case NAME_TAKEN -> Completion.no(Plain.ALREADYEXISTS, "There is a mailbox of that name");
            case BAD_NAME -> Completion.no(Plain.CANNOT, "A mailbox can't have that name");
            case BELOW_ITSELF -> Completion.no(Plain.CANNOT, "A mailbox can't stand below itself");
            case ROLE_TAKEN -> Completion.no(Plain.CANNOT, "Another mailbox has that special use");
            case BAD_ROLE -> Completion.no(Plain.CANNOT, "A mailbox can't have that special use");
            case IS_INBOX -> Completion.no(Plain.CANNOT, "INBOX stays");
            case HAS_CHILDREN -> Completion.no(Plain.HASCHILDREN, "Mailboxes below it have to go first");
            case HAS_MESSAGES -> Completion.no(Plain.CANNOT, "It holds messages");
            case TOO_MANY_MAILBOXES -> Completion.no(Plain.LIMIT, "There are as many mailboxes as there can be");
            case TOO_MANY_KEYWORDS -> Completion.no(Plain.LIMIT, "A message can't have that many keywords");
            case NO_UIDS_LEFT -> Completion.no(Plain.LIMIT, "The mailbox has given its last uid");
            case NO_MAILBOX_LEFT -> Completion.no(Plain.CANNOT, "A message has to be in some mailbox");
            case OVER_QUOTA -> Completion.no(Plain.OVERQUOTA, "There is no room for that");
        };
    }

    private static String number(NotDone failure) {
        return failure.id().isEmpty() ? "" : ", number " + failure.id();
    }
}
