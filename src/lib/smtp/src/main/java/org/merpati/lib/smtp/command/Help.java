package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/** Asks what there is. The same answer whatever it asks about. RFC 5321 §4.1.1.8. */
public record Help() implements SmtpCommand.AnyTime {
    static Help parse(CommandReader in) {
        in.rest();
        return new Help();
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.HELP;
    }
}
