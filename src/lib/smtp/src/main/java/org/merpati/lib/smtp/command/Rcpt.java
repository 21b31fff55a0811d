package org.merpati.lib.smtp.command;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.path.ForwardPath;

/**
 * One more recipient. RFC 5321 §4.1.1.3.
 *
 * @param wishes when the sender wants to hear of it: present and empty for NEVER, absent where the parameter is (RFC 3461 §4.1)
 */
public record Rcpt(ForwardPath to, Optional<Set<Notify>> wishes, Optional<OriginalRecipient> original)
        implements SmtpCommand.InTransaction {
    private static final int LONGEST_ORIGINAL = 500; // RFC 3461 §4.2

    public Rcpt {
        wishes = wishes.map(Set::copyOf);
    }

    static Rcpt parse(CommandReader in) {
        Parameters.keyword(in, "TO:");
        var to = ForwardPath.parse(in);
        Map<String, String> given = Parameters.parse(in);
        for (var name : given.keySet()) {
            if (!in.offered().contains(Extension.DSN) || !(name.equals("NOTIFY") || name.equals("ORCPT"))) {
                throw Parameters.unknown(name);
            }
        }
        return new Rcpt(
                to,
                Optional.ofNullable(given.get("NOTIFY")).map(Rcpt::wishes),
                Optional.ofNullable(given.get("ORCPT")).map(Rcpt::original));
    }

    /** Whether the path has characters that only SMTPUTF8 allows (RFC 6531 §3.5). */
    public boolean needsSmtpUtf8() {
        return !Mail.isAscii(to.toString());
    }

    private static Set<Notify> wishes(String value) {
        var wanted = EnumSet.noneOf(Notify.class);
        if (value.equalsIgnoreCase("NEVER")) {
            return wanted;
        }
        for (var word : value.split(",", -1)) {
            boolean first = switch (word.toUpperCase(Locale.ROOT)) {
                case "SUCCESS" -> wanted.add(Notify.SUCCESS);
                case "FAILURE" -> wanted.add(Notify.FAILURE);
                case "DELAY" -> wanted.add(Notify.DELAY);
                default -> false;
            };
            if (!first) {
                throw new SmtpSyntaxException(
                        Fault.ARGUMENT, "NOTIFY is NEVER, or SUCCESS, FAILURE and DELAY with commas, each once");
            }
        }
        return wanted;
    }

    private static OriginalRecipient original(String value) {
        int semicolon = value.indexOf(';');
        var type = semicolon < 0 ? "" : value.substring(0, semicolon);
        if (!type.matches("[A-Za-z0-9-]{1,40}") || value.length() > LONGEST_ORIGINAL) {
            throw new SmtpSyntaxException(
                    Fault.ARGUMENT, "ORCPT is a type, ; and an address in xtext, at most 500 octets");
        }
        return Xtext.decode(value.substring(semicolon + 1))
                .filter(address -> !address.isEmpty() && address.chars().noneMatch(c -> c < ' ' || c == 0x7f))
                .map(address -> new OriginalRecipient(type.toLowerCase(Locale.ROOT), address))
                .orElseThrow(() -> new SmtpSyntaxException(Fault.ARGUMENT, "ORCPT has no address in xtext"));
    }

    @Override
    public SmtpVerb verb() {
        return SmtpVerb.RCPT;
    }
}
