package org.merpati.lib.imap;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a line ends that a literal follows. */
record LiteralEnd(long size, boolean synchronizing, boolean binary) {
    static final int MOST_DIGITS = 18;

    /** Null when no literal follows this line, which has no line end with it. */
    static @Nullable LiteralEnd of(byte[] bytes, int from, int end) {
        if (end - from < 3 || bytes[end - 1] != '}') {
            return null;
        }
        boolean plus = bytes[end - 2] == '+';
        int digits = plus ? end - 2 : end - 1;
        int start = digits;
        while (start > from && Chars.digit(bytes[start - 1])) {
            start--;
        }
        if (start == digits || digits - start > MOST_DIGITS || start == from || bytes[start - 1] != '{') {
            return null;
        }
        long size = Long.parseLong(new String(bytes, start, digits - start, StandardCharsets.ISO_8859_1));
        return new LiteralEnd(size, !plus, start - 2 >= from && bytes[start - 2] == '~');
    }
}
