package org.merpati.core.imap;

import org.merpati.core.api.door.NotDone;
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

    private static String number(NotDone failure) {
        return failure.id().isEmpty() ? "" : ", number " + failure.id();
    }
}
