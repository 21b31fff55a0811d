package org.merpati.core.imap;

import java.io.IOException;
import java.util.OptionalLong;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.StatusKind;

/**
 * How many messages one command may be about (RFC 9738): of more it is about the last ones. No EXPUNGE, CLOSE, SORT or STATUS is
 * limited.
 *
 * @param most 0 for any number
 */
record MessageLimit(int most) {
    static MessageLimit of(Config config) {
        return new MessageLimit(config.get(Settings.IMAP_MESSAGE_LIMIT));
    }

    boolean exceeded(int messages) {
        return most > 0 && messages > most;
    }

    /** What a command is answered that is about so many at once or none. */
    Completion refusal(OptionalLong lowest) {
        return Completion.no(new ResponseCode.MessageLimit(most, lowest), "That is more than " + most + " messages");
    }

    /** The completion of a command that was about the last messages only, down to this uid. */
    Completion told(Completion completion, long lowest, Conversation conversation) throws IOException {
        var code = new ResponseCode.MessageLimit(most, OptionalLong.of(lowest));
        if (completion.kind() == StatusKind.OK && completion.code().isEmpty()) {
            return Completion.ok(code, completion.text() + " for the last " + most + " messages");
        }
        conversation
                .out()
                .send(Response.Status.untagged(StatusKind.NO, code, "That was for the last " + most + " messages"));
        return completion;
    }
}
