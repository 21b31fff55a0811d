package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** Asks about a user, in whatever words. RFC 5321 §4.1.1.6. */
public record Vrfy(String about) implements SmtpCommand.AnyTime {
    static Vrfy parse(CommandReader in) {
        if (!in.take(' ') || in.atEnd()) {
            throw in.expected(Fault.ARGUMENT, "a user or mailbox");
        }
        return new Vrfy(in.rest());
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.VRFY;
    }
}
