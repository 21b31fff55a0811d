package org.merpati.lib.mime.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for octets eight at a time: mail is mostly looking for the next line. */
public final class Scan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Scan() {}

    /** The place of the first such octet in {@code [from, to)}, or -1. */
    public static int indexOf(byte[] bytes, int from, int to, char octet) {
        long wanted = octet * ONES;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long different = (long) LONGS.get(bytes, at) ^ wanted;
            long found = (different - ONES) & ~different & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == octet) {
                return at;
            }
        }
        return -1;
    }

    /** Space, tab, CR and LF: what header text is trimmed of. */
    public static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /** How many LFs stand in {@code [from, to)}. */
    public static int lines(byte[] bytes, int from, int to) {
        int lines = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long different = (long) LONGS.get(bytes, at) ^ ('\n' * ONES);
            // exact for every octet, unlike the borrow of indexOf, which is right for the first one only
            long found = ~(((different & ~HIGHS) + ~HIGHS) | different) & HIGHS;
            lines += Long.bitCount(found);
        }
        for (; at < to; at++) {
            if (bytes[at] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    /** How far {@code [from, to)} is header text that stands for itself: ASCII, of one line, without an encoded word. */
    public static int plain(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + 8 <= to) {
                long eight = (long) LONGS.get(bytes, at);
                long equals = eight ^ ('=' * ONES);
                // an octet below space, above ASCII, or an equals sign, or one after such
                long found = ((eight - ' ' * ONES) | eight | (equals - ONES)) & HIGHS;
                if (found == 0) {
                    at += 8;
                    continue;
                }
            }
            int end = Math.min(at + 8, to);
            for (; at < end; at++) {
                int octet = bytes[at];
                boolean word = octet == '=' && at + 1 < to && bytes[at + 1] == '?';
                if (octet == '\r' || octet == '\n' || octet < 0 || word) {
                    return at;
                }
            }
        }
        return to;
    }

    /** Whether all of {@code [from, to)} is ASCII. */
    public static boolean isAscii(byte[] bytes, int from, int to) {
        long seen = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            seen |= (long) LONGS.get(bytes, at);
        }
        for (; at < to; at++) {
            seen |= bytes[at];
        }
        return (seen & HIGHS) == 0;
    }
}
