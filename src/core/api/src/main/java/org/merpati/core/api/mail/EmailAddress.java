package org.merpati.core.api.mail;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a mailbox here: a local part and a domain, both in the form they are compared in: lower case, the local
 * part in NFC (RFC 6532 §3.1), the domain as A-labels. The grammar of a path on the wire belongs to {@code lib/smtp}; this is the key that accounts are found by.
 */
public record EmailAddress(String localPart, String domain) {
    private static final int LONGEST = 254; // RFC 5321 §4.5.3.1.3 less the angle brackets

    public EmailAddress {
        localPart = Normalizer.normalize(localPart.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        domain = domainKey(domain).orElseThrow(() -> new IllegalArgumentException("not a domain name"));
        int octets = localPart.getBytes(StandardCharsets.UTF_8).length;
        if (octets == 0 || octets > 64 || octets + 1 + domain.length() > LONGEST) {
            throw new IllegalArgumentException("an address has a local part of 1 to 64 octets and 254 at most in all");
        }
        if (!localPart.codePoints().allMatch(EmailAddress::isVisible)) {
            throw new IllegalArgumentException("an address here has no spaces or control characters");
        }
    }

    /** Splits at the last {@code @}; empty when it is no address at all. */
    public static Optional<EmailAddress> parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EmailAddress(text.substring(0, at), text.substring(at + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A domain name as it is stored and compared: lower-case A-labels by IDNA 2008; empty when it is not one (RFC 5891 §4). */
    public static Optional<String> domainKey(String name) {
        return DomainLabels.key(name);
    }

    /** Whether only a client that speaks SMTPUTF8 can name it: a domain has its A-labels, a local part has not. */
    public boolean needsUtf8() {
        return localPart.chars().anyMatch(c -> c >= 0x80);
    }

    /** As people write it, the domain with its U-labels (RFC 5890 §2.3.2.1). */
    public String shown() {
        return localPart + "@" + DomainLabels.shown(domain);
    }

    /** Format characters would let two addresses look the same; the two joiners are letters to those who need them. */
    private static boolean isVisible(int c) {
        return c == 0x200c
                || c == 0x200d
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
