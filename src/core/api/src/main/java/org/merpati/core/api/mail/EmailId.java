package org.merpati.core.api.mail;

/** An email's row number (RFC 8474 EMAILID, JMAP Email id). Never reused. */
public record EmailId(long value) implements Comparable<EmailId> {
    @Override
    public int compareTo(EmailId other) {
        return Long.compare(value, other.value);
    }
}
