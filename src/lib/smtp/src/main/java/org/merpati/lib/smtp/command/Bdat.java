package org.merpati.lib.smtp.command;

import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/**
 * A chunk of the message follows, whatever the reply will be. RFC 3030 §2.
 *
 * @param size octets of it; one that is no number is {@link Fault#CHUNK}, after which nobody knows where the next command begins
 * @param last whether the message ends with it
 */
public record Bdat(long size, boolean last) implements SmtpCommand.AnyTime {
    private static final int LONGEST_SIZE = 18; // digits that a long always holds

    static Bdat parse(CommandReader in) {
        var size = in.take(' ') ? in.takeWhile(c -> c >= '0' && c <= '9') : "";
        boolean last = false;
        if (in.take(' ')) {
            last = in.take("LAST");
            if (!last) {
                throw new SmtpSyntaxException(Fault.CHUNK, "BDAT size [LAST]");
            }
        }
        if (size.isEmpty() || size.length() > LONGEST_SIZE || !in.atEnd()) {
            throw new SmtpSyntaxException(Fault.CHUNK, "BDAT size [LAST]");
        }
        return new Bdat(Long.parseLong(size), last);
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.BDAT;
    }
}
