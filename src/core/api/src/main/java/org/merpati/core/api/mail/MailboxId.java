package org.merpati.core.api.mail;

/** A mailbox's row number (RFC 8474 MAILBOXID, JMAP Mailbox id). Never reused. */
public record MailboxId(long value) implements Comparable<MailboxId> {
    @Override
    public int compareTo(MailboxId other) {
        return Long.compare(value, other.value);
    }
}
