package org.merpati.lib.smtp.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;

/** Mail-parameters and Rcpt-parameters (RFC 5321 §4.1.2). */
final class Parameters {
    private Parameters() {}

    /** The space and {@code FROM:} or {@code TO:} that follow the verb. */
    static void keyword(CommandReader in, String keyword) {
        if (!in.take(' ') || !in.take(keyword)) {
            throw in.expected(Fault.ARGUMENT, keyword + "<address>");
        }
        if (in.allows(Leniency.SPACE_AFTER_COLON)) {
            in.takeWhile(c -> c == ' ');
        }
    }

    /** Everything up to the end of the line, names in upper case; the value of one without {@code =} is empty. */
    static Map<String, String> parse(CommandReader in) {
        var parameters = new LinkedHashMap<String, String>();
        while (in.take(' ')) {
            var name = in.takeWhile(c -> c < 0x7f && (Character.isLetterOrDigit(c) || c == '-'))
                    .toUpperCase(Locale.ROOT);
            if (name.isEmpty() || name.startsWith("-")) {
                throw in.expected(Fault.ARGUMENT, "a parameter");
            }
            var value = "";
            if (in.take('=')) {
                value = in.takeWhile(c -> c > ' ' && c != 0x7f && c != '=');
                if (value.isEmpty()) {
                    throw in.expected(Fault.ARGUMENT, "a value");
                }
            }
            if (parameters.putIfAbsent(name, value) != null) {
                throw new SmtpSyntaxException(Fault.ARGUMENT, "A parameter may come once only");
            }
        }
        in.end();
        return parameters;
    }

    static SmtpSyntaxException unknown(String name) {
        var shown = name.length() > 40 ? name.substring(0, 40) : name;
        return new SmtpSyntaxException(Fault.PARAMETER, "Parameter " + shown + " not recognised"); // RFC 5321 §4.1.1.11
    }
}
