package org.merpati.core.imap;

import java.util.Optional;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.StatusKind;

/** How a command ended: its tagged reply without the tag. */
record Completion(StatusKind kind, Optional<ResponseCode> code, String text) {
    static Completion ok(String text) {
        return new Completion(StatusKind.OK, Optional.empty(), text);
    }

    static Completion ok(ResponseCode code, String text) {
        return new Completion(StatusKind.OK, Optional.of(code), text);
    }

    static Completion no(String text) {
        return new Completion(StatusKind.NO, Optional.empty(), text);
    }

    static Completion no(ResponseCode code, String text) {
        return new Completion(StatusKind.NO, Optional.of(code), text);
    }

    /** RFC 9051 §9, seq-number: a number greater than that of the last message is the client's error. */
    static Completion noSuchNumber(SelectedMailbox mailbox) {
        return bad("There is no message of that number; there are "
                + mailbox.view().size());
    }

    static Completion bad(ResponseCode code, String text) {
        return new Completion(StatusKind.BAD, Optional.of(code), text);
    }

    static Completion bad(String text) {
        return new Completion(StatusKind.BAD, Optional.empty(), text);
    }

    Response.Status tagged(Optional<String> tag) {
        return new Response.Status(tag, kind, code, text);
    }
}
