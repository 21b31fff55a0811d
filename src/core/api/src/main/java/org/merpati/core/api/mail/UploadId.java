package org.merpati.core.api.mail;

/** An upload's row number. Never reused. */
public record UploadId(long value) implements Comparable<UploadId> {
    @Override
    public int compareTo(UploadId other) {
        return Long.compare(value, other.value);
    }
}
