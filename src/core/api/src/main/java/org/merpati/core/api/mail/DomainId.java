package org.merpati.core.api.mail;

/** A domain's row number. Never reused. */
public record DomainId(long value) implements Comparable<DomainId> {
    @Override
    public int compareTo(DomainId other) {
        return Long.compare(value, other.value);
    }
}
