package org.merpati.core.api.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a mailbox here: a local part and a domain, both in the form they are compared in (lower case, the domain
 * as A-labels). The grammar of a path on the wire belongs to {@code lib/smtp}; this is the key that accounts are found by.
 */
public record EmailAddress(String localPart, String domain) {
    private static final int LONGEST = 254; // RFC 5321 §4.5.3.1.3 less the angle brackets

    public EmailAddress {
        localPart = localPart.toLowerCase(Locale.ROOT);
        domain = domainKey(domain).orElseThrow(() -> new IllegalArgumentException("not a domain name"));
        if (localPart.isEmpty() || localPart.length() > 64 || localPart.length() + 1 + domain.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an address has a local part of 1 to 64 characters and 254 at most in all");
        }
        if (localPart.chars().anyMatch(c -> c <= 0x20 || c == 0x7f)) {
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

    /** A domain name as it is stored and compared: lower-case A-labels; empty when it is not one (RFC 5891 §4). */
    public static Optional<String> domainKey(String name) {
        try {
            String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean whole = !ascii.isEmpty() && ascii.length() <= 253 && !ascii.endsWith(".");
            return whole ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
