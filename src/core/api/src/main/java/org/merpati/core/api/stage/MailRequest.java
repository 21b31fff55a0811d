package org.merpati.core.api.stage;

/**
 * What MAIL asks for.
 *
 * @param sender without angle brackets; empty for the null sender
 * @param size as announced (RFC 1870 §6), in octets; 0 where nothing was
 * @param smtpUtf8 whether addresses and header fields may be in UTF-8 (RFC 6531 §3.4)
 */
public record MailRequest(String sender, long size, boolean smtpUtf8) {
    /** The same from another sender. */
    public MailRequest from(String other) {
        return new MailRequest(other, size, smtpUtf8);
    }
}
