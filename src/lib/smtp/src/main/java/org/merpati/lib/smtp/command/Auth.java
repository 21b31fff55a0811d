package org.merpati.lib.smtp.command;

import java.util.Locale;
import java.util.Optional;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/**
 * Begins a SASL exchange. RFC 4954 §4.
 *
 * @param mechanism in upper case
 * @param initial the initial response, still in base64; present and empty for {@code =}
 */
public record Auth(String mechanism, Optional<String> initial) implements SmtpCommand.AnyTime {
    private static final int LONGEST_MECHANISM = 20; // RFC 4422 §3.1

    static Auth parse(CommandReader in) {
        if (!in.take(' ')) {
            throw in.expected(Fault.ARGUMENT, "a mechanism");
        }
        var mechanism = in.takeWhile(c -> c < 0x7f && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
        if (mechanism.isEmpty() || mechanism.length() > LONGEST_MECHANISM) {
            throw in.expected(Fault.ARGUMENT, "a mechanism");
        }
        var initial = Optional.<String>empty();
        if (in.take(' ')) {
            initial = Optional.of(in.take('=') ? "" : in.takeWhile(c -> c > ' ' && c < 0x7f));
        }
        in.end();
        return new Auth(mechanism.toUpperCase(Locale.ROOT), initial);
    }

    /** Without what could be a password. */
    @Override
    public String toString() {
        return "Auth[mechanism=" + mechanism + "]";
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.AUTH;
    }
}
