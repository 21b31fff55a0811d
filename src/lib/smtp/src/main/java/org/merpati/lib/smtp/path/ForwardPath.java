package org.merpati.lib.smtp.path;

import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** Whom a message is for (RFC 5321 §4.1.1.3). {@code toString} gives it without angle brackets. */
public sealed interface ForwardPath {
    /** {@code <Postmaster>} without a domain: whoever looks after this server (RFC 5321 §4.5.1). */
    record Postmaster() implements ForwardPath {
        @Override
        public String toString() {
            return "postmaster";
        }
    }

    record Recipient(Mailbox mailbox) implements ForwardPath {
        @Override
        public String toString() {
            return mailbox.toString();
        }
    }

    static ForwardPath parse(CommandReader in) {
        if (in.take("<postmaster>")) {
            return new Postmaster();
        }
        return new Recipient(PathGrammar.path(in, Fault.RECIPIENT));
    }
}
