package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/** Does nothing; what stands behind it is ignored. RFC 5321 §4.1.1.9. */
public record Noop() implements SmtpCommand.AnyTime {
    static Noop parse(CommandReader in) {
        in.rest();
        return new Noop();
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.NOOP;
    }
}
