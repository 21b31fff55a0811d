package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.path.ForwardPath;

/** One more recipient. No parameter of it is offered. RFC 5321 §4.1.1.3. */
public record Rcpt(ForwardPath to) implements SmtpCommand.InTransaction {
    static Rcpt parse(CommandReader in) {
        Parameters.keyword(in, "TO:");
        var to = ForwardPath.parse(in);
        for (var name : Parameters.parse(in).keySet()) {
            throw Parameters.unknown(name);
        }
        return new Rcpt(to);
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.RCPT;
    }
}
