package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/** The message follows. RFC 5321 §4.1.1.4. */
public record Data() implements SmtpCommand.InTransaction {
    static Data parse(CommandReader in) {
        in.end();
        return new Data();
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.DATA;
    }
}
