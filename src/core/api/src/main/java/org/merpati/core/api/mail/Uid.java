package org.merpati.core.api.mail;

/** A message's unique identifier in one mailbox, 1 to 4,294,967,295 (RFC 9051 §2.3.1.1). */
public record Uid(long value) implements Comparable<Uid> {
    @Override
    public int compareTo(Uid other) {
        return Long.compare(value, other.value);
    }
}
