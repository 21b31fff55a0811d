package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.path.ReversePath;

/** Begins a transaction. RFC 5321 §4.1.1.2. */
public record Mail(ReversePath from, MailParameters parameters) implements SmtpCommand.BeginsTransaction {
    static Mail parse(CommandReader in) {
        Parameters.keyword(in, "FROM:");
        var from = ReversePath.parse(in);
        var parameters = MailParameters.of(Parameters.parse(in), in.offered());
        if (!parameters.smtpUtf8() && !isAscii(from.text())) {
            throw new SmtpSyntaxException(Fault.NOT_ASCII, "An address that is not ASCII needs SMTPUTF8");
        }
        return new Mail(from, parameters);
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.MAIL;
    }
}
