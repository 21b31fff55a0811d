package org.merpati.core.imap;

import org.merpati.core.api.door.NotDone;
import org.merpati.core.store.Annotations;
import org.merpati.core.store.Attempt;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/** How IMAP words what the door could not do and what the store refuses (RFC 5530 §3). */
final class ImapFailures {
    private ImapFailures() {}

    static Completion completion(NotDone failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> Completion.no(Plain.UNAVAILABLE, "The server is busy; try again in a moment");
            case NO_CONNECTION -> Completion.no(Plain.UNAVAILABLE, "The database can't be reached; try again later");
            case NO_SPACE -> // also of a commit that the end of the disk met
                Completion.no(Plain.UNAVAILABLE, "The server can't write now, and may have done this; reading goes on");
            case ROLLED_BACK -> Completion.no(Plain.UNAVAILABLE, "Nothing was changed; try again");
            case UNKNOWN_OUTCOME ->
                Completion.no(Plain.UNAVAILABLE, "It is not known whether the change was made" + number(failure));
            case BUG -> Completion.no(Plain.SERVERBUG, "Internal error" + number(failure));
        };
    }

    /** What the store refuses. COPY and its like say TRYCREATE themselves, where the mailbox is their target. */
    static Completion completion(Attempt.Refusal refusal) {
        return switch (refusal) {
            case NO_SUCH_ACCOUNT -> Completion.no(Plain.NONEXISTENT, "The account is gone");
            case NO_SUCH_MAILBOX -> noSuchMailbox();
            case NAME_TAKEN -> Completion.no(Plain.ALREADYEXISTS, "There is a mailbox of that name");
            case BAD_NAME -> Completion.no(Plain.CANNOT, "No mailbox can have that name");
            case BELOW_ITSELF -> Completion.no(Plain.CANNOT, "A mailbox can't stand below itself");
            case ROLE_TAKEN -> Completion.no(Plain.USEATTR, "Another mailbox has that use");
            case BAD_ROLE -> Completion.no(Plain.USEATTR, "That mailbox can't have that use");
            case IS_INBOX -> Completion.no(Plain.CANNOT, "INBOX stays");
            case HAS_CHILDREN -> Completion.no(Plain.HASCHILDREN, "There are mailboxes below it");
            case HAS_MESSAGES -> Completion.no(Plain.CANNOT, "There are messages in it");
            case TOO_MANY_MAILBOXES -> Completion.no(Plain.LIMIT, "There are as many mailboxes as there may be");
            case TOO_MANY_KEYWORDS -> Completion.no(Plain.LIMIT, "A message can't have so many keywords");
            case NO_UIDS_LEFT -> Completion.no(Plain.LIMIT, "The mailbox has given its last uid");
            case NO_MAILBOX_LEFT -> Completion.no(Plain.CANNOT, "The message would be in no mailbox");
            case OVER_QUOTA -> Completion.no(Plain.OVERQUOTA, "That is more than the quota allows");
            case ANNOTATION_TOO_LARGE ->
                Completion.no(new ResponseCode.MetadataMaxSize(Annotations.LARGEST), "That is too large a value");
            case TOO_MANY_ANNOTATIONS ->
                Completion.no(new ResponseCode.MetadataTooMany(), "There are as many entries as there may be");
            case NO_SUCH_EMAIL -> Completion.no(Plain.NONEXISTENT, "There is no such message");
        };
    }

    static Completion noSuchMailbox() {
        return Completion.no(Plain.NONEXISTENT, "There is no such mailbox");
    }

    private static String number(NotDone failure) {
        return failure.id().isEmpty() ? "" : ", number " + failure.id();
    }
}
