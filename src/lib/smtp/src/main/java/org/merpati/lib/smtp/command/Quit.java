package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/** Ends the session. RFC 5321 §4.1.1.10. */
public record Quit() implements SmtpCommand.AnyTime {
    static Quit parse(CommandReader in) {
        in.end();
        return new Quit();
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.QUIT;
    }
}
