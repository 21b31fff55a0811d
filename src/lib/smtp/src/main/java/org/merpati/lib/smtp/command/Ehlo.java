package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/**
 * The client says who it is, and that it knows extensions. RFC 5321 §4.1.1.1.
 *
 * @param client a domain or an address literal, or what {@link org.merpati.lib.smtp.Leniency#HELO_NAME} lets pass
 */
public record Ehlo(String client) implements SmtpCommand.AnyTime {
    static Ehlo parse(CommandReader in) {
        return new Ehlo(ClientName.parse(in));
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.EHLO;
    }
}
