package org.merpati.lib.mime.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Which half comes first in UTF-16. */
final class Octets16 {
    private static final int SAMPLE = 1024;

    private Octets16() {}

    /** Whether a byte order mark stands at the beginning. */
    static boolean marked(byte[] bytes, int from, int to) {
        return to - from >= 2
                && ((bytes[from] == (byte) 0xfe && bytes[from + 1] == (byte) 0xff)
                        || (bytes[from] == (byte) 0xff && bytes[from + 1] == (byte) 0xfe));
    }

    /** As the mark says; without one big endian (RFC 2781 §4.3), unless the zeros of ASCII letters stand second. */
    static Charset order(byte[] bytes, int from, int to) {
        if (marked(bytes, from, to)) {
            return StandardCharsets.UTF_16;
        }
        int first = 0;
        int second = 0;
        int end = Math.min(to, from + SAMPLE);
        for (int at = from; at + 1 < end; at += 2) {
            if (bytes[at] == 0 && bytes[at + 1] != 0) {
                first++;
            } else if (bytes[at + 1] == 0 && bytes[at] != 0) {
                second++;
            }
        }
        return second > first ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }
}
