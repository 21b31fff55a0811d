package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;

/** TLS from the reply on. RFC 3207 §4. */
public record StartTls() implements SmtpCommand.AnyTime {
    static StartTls parse(CommandReader in) {
        in.end();
        return new StartTls();
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.STARTTLS;
    }
}
