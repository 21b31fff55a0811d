package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/**
 * The client says who it is, in the old way. RFC 5321 §4.1.1.1.
 *
 * @param client as in {@link Ehlo}; an address literal is taken here too
 */
public record Helo(String client) implements SmtpCommand.AnyTime {
    static Helo parse(CommandReader in) {
        return new Helo(ClientName.parse(in));
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.HELO;
    }
}
