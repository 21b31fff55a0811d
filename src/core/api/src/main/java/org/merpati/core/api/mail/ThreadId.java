package org.merpati.core.api.mail;

/** A thread's row number (RFC 8474 THREADID). Never reused. */
public record ThreadId(long value) implements Comparable<ThreadId> {
    @Override
    public int compareTo(ThreadId other) {
        return Long.compare(value, other.value);
    }
}
