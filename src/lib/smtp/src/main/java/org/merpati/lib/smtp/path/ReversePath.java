package org.merpati.lib.smtp.path;

import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** Whom a message is from, and where notices about it go (RFC 5321 §4.1.2 Reverse-path). */
public sealed interface ReversePath {
    /** {@code <>}: nobody; what has it is never answered (RFC 5321 §4.5.5). */
    record Null() implements ReversePath {
        @Override
        public String text() {
            return "";
        }
    }

    record Sender(Mailbox mailbox) implements ReversePath {
        @Override
        public String text() {
            return mailbox.toString();
        }
    }

    /** The address without angle brackets; empty for {@link Null}. */
    String text();

    static ReversePath parse(CommandReader in) {
        if (in.take("<>")) {
            return new Null();
        }
        return new Sender(PathGrammar.path(in, Fault.SENDER));
    }
}
