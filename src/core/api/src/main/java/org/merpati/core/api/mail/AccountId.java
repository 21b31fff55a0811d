package org.merpati.core.api.mail;

/** An account's row number. Never reused. */
public record AccountId(long value) implements Comparable<AccountId> {
    @Override
    public int compareTo(AccountId other) {
        return Long.compare(value, other.value);
    }
}
