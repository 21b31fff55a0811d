package org.merpati.core.api.mail;

/** The generation of a mailbox's uids, 1 to 4,294,967,295 (RFC 9051 §2.3.1.1). */
public record UidValidity(long value) implements Comparable<UidValidity> {
    @Override
    public int compareTo(UidValidity other) {
        return Long.compare(value, other.value);
    }
}
