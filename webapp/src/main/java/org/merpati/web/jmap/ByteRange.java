package org.merpati.web.jmap;

import org.jspecify.annotations.Nullable;

/**
 * The part of an answer that a client asks for (RFC 9110 §14.1.2): one range of octets. A header that is none, or asks for
 * several, is as if it were not there (§14.2).
 *
 * @param to after the last one
 * @param size of the whole
 */
record ByteRange(long from, long to, long size) {
    private static final int LONGEST = 60;

    static ByteRange of(@Nullable String header, long size) {
        var whole = new ByteRange(0, size, size);
        if (header == null
                || header.length() > LONGEST
                || !header.matches("bytes=([0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})")) {
            return whole;
        }
        var ends = header.substring("bytes=".length()).split("-", -1);
        if (ends[0].isEmpty()) {
            return new ByteRange(Math.max(0, size - Long.parseLong(ends[1])), size, size);
        }
        long from = Long.parseLong(ends[0]);
        long last = ends[1].isEmpty() ? Long.MAX_VALUE : Long.parseLong(ends[1]);
        return last < from ? whole : new ByteRange(from, last >= size ? size : last + 1, size);
    }

    boolean isWhole() {
        return from == 0 && to == size;
    }

    boolean isUnsatisfiable() {
        return size == 0 ? from > 0 : from >= to;
    }

    long length() {
        return to - from;
    }
}
