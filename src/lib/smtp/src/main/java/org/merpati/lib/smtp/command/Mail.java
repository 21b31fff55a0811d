package org.merpati.lib.smtp.command;

import java.util.Locale;
import java.util.OptionalLong;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.path.ReversePath;

/**
 * Begins a transaction. RFC 5321 §4.1.1.2.
 *
 * @param size as announced with SIZE (RFC 1870 §6); a number beyond a long is the greatest long
 * @param body as announced with BODY (RFC 6152 §3); either way all 8 bits are kept
 */
public record Mail(ReversePath from, OptionalLong size, BodyType body) implements SmtpCommand.BeginsTransaction {
    private static final int LONGEST_SIZE = 20; // digits, RFC 1870 §5

    static Mail parse(CommandReader in) {
        Parameters.keyword(in, "FROM:");
        var from = ReversePath.parse(in);
        var size = OptionalLong.empty();
        var body = BodyType.SEVEN_BIT;
        for (var parameter : Parameters.parse(in).entrySet()) {
            switch (parameter.getKey()) {
                case "SIZE" -> size = OptionalLong.of(size(parameter.getValue()));
                case "BODY" -> body = body(parameter.getValue());
                default -> throw Parameters.unknown(parameter.getKey());
            }
        }
        return new Mail(from, size, body);
    }

    private static long size(String value) {
        if (value.isEmpty() || value.length() > LONGEST_SIZE || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new SmtpSyntaxException(Fault.ARGUMENT, "SIZE is a number of up to 20 digits");
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static BodyType body(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "7BIT" -> BodyType.SEVEN_BIT;
            case "8BITMIME" -> BodyType.EIGHT_BIT_MIME;
            default -> throw new SmtpSyntaxException(Fault.ARGUMENT, "BODY is 7BIT or 8BITMIME");
        };
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.MAIL;
    }
}
