package org.merpati.lib.mime.charset;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The charsets of seven bits that shift by escape sequences: RFC 1468, RFC 1557, RFC 1922. */
final class Iso2022 {
    private static final int ESC = 0x1b;

    private Iso2022() {}

    /** The one whose first escape sequence is found, or null. */
    static @Nullable Charset find(byte[] bytes, int from, int to) {
        for (int at = from; at + 2 < to; at++) {
            if (bytes[at] == ESC) {
                var name = by(bytes[at + 1], bytes[at + 2], at + 3 < to ? bytes[at + 3] : 0);
                if (name != null) {
                    return CharsetNames.find(name).orElse(null);
                }
            }
        }
        return null;
    }

    private static @Nullable String by(byte first, byte second, byte third) {
        if (first == '(') {
            return second == 'J' || second == 'I' ? "x-windows-50221" : null;
        }
        if (first != '$') {
            return null;
        }
        return switch (second) {
            case 'B', '@' -> "x-windows-50221";
            case '(' -> third == 'D' ? "ISO-2022-JP-2" : null;
            case ')' -> third == 'C' ? "ISO-2022-KR" : third == 'A' || third == 'G' ? "ISO-2022-CN" : null;
            default -> null;
        };
    }
}
