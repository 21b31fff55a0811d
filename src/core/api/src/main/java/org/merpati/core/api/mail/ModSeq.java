package org.merpati.core.api.mail;

/** A place in an account's one change log, from 1 up (RFC 7162 §3.1, RFC 8620 §1.6.3 states). */
public record ModSeq(long value) implements Comparable<ModSeq> {
    @Override
    public int compareTo(ModSeq other) {
        return Long.compare(value, other.value);
    }
}
