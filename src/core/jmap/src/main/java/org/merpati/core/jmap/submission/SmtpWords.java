package org.merpati.core.jmap.submission;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.command.Mail;
import org.merpati.lib.smtp.command.Rcpt;
import org.merpati.lib.smtp.command.SmtpCommand;
import org.merpati.lib.smtp.command.Xtext;

/**
 * An envelope's addresses as the commands that they would be, so that SMTP's own grammar says what they and their parameters may
 * be (RFC 8621 §7).
 */
final class SmtpWords {
    /** What is honoured: what SMTP submission has of a message's way, and FUTURERELEASE (RFC 4865), as submissions can wait. */
    static final Set<Extension> HONOURED = EnumSet.of(
            Extension.SIZE,
            Extension.SMTPUTF8,
            Extension.DSN,
            Extension.DELIVERBY,
            Extension.FUTURERELEASE,
            Extension.MT_PRIORITY);

    private SmtpWords() {}

    /** @throws SmtpSyntaxException when it can't be a sender, or a parameter is unknown or wrong */
    static Mail mail(GivenEnvelope envelope) {
        var from = envelope.mailFrom();
        boolean utf8 = !isAscii(from.email()) || envelope.rcptTo().stream().anyMatch(to -> !isAscii(to.email()));
        boolean said = from.parameters().stream()
                .flatMap(all -> all.keySet().stream())
                .anyMatch(name -> name.equalsIgnoreCase("SMTPUTF8"));
        var line = line("MAIL FROM:", from, Fault.SENDER) + (utf8 && !said ? " SMTPUTF8" : "");
        return (Mail) parse(line);
    }

    /** @throws SmtpSyntaxException likewise */
    static Rcpt rcpt(GivenEnvelope.Address to) {
        return (Rcpt) parse(line("RCPT TO:", to, Fault.RECIPIENT));
    }

    private static SmtpCommand parse(String line) {
        var octets = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return SmtpCommand.parse(octets, Set.of(), HONOURED);
    }

    private static String line(String verb, GivenEnvelope.Address address, Fault fault) {
        var email = address.email();
        if (email.chars().anyMatch(c -> c == '<' || c == '>') || email.startsWith("@")) {
            throw new SmtpSyntaxException(fault, "Expected an address, without angle brackets and route");
        }
        var line = new StringBuilder(verb).append('<').append(email).append('>');
        address.parameters()
                .ifPresent(all -> all.forEach((name, value) -> {
                    if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]*")) {
                        throw new SmtpSyntaxException(Fault.ARGUMENT, "Expected a parameter's name");
                    }
                    line.append(' ').append(name);
                    value.ifPresent(text -> line.append('=').append(encoded(name.toUpperCase(Locale.ROOT), text)));
                }));
        return line.toString();
    }

    /** With the encoding that JMAP leaves out; what then is no value is found by the grammar, but for spaces. */
    private static String encoded(String name, String value) {
        var text = switch (name) {
            case "ENVID" -> Xtext.encode(value);
            case "ORCPT" -> {
                int semicolon = value.indexOf(';');
                yield value.substring(0, semicolon + 1) + Xtext.encode(value.substring(semicolon + 1));
            }
            default -> value;
        };
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == '=' || c == 0x7f)) {
            throw new SmtpSyntaxException(Fault.ARGUMENT, "Expected a value for " + name);
        }
        return text;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
