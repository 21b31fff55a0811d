package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/** Drops the open transaction. RFC 5321 §4.1.1.5. */
public record Rset() implements SmtpCommand.AnyTime {
    static Rset parse(CommandReader in) {
        in.end();
        return new Rset();
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.RSET;
    }
}
