package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/**
 * EHLO of LMTP. RFC 2033 §4.1.
 *
 * @param client a domain or an address literal, or what {@link org.merpati.lib.smtp.Leniency#HELO_NAME} lets pass
 */
public record Lhlo(String client) implements SmtpCommand.AnyTime {
    static Lhlo parse(CommandReader in) {
        return new Lhlo(ClientName.parse(in));
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.LHLO;
    }
}
