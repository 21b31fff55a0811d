package org.merpati.lib.mime.field;

/** IP addresses as text (RFC 5321 §4.1.3). */
final class IpLiteral {
    private IpLiteral() {}

    static boolean is(String text) {
        return text.indexOf(':') < 0 ? isV4(text) : isV6(text);
    }

    private static boolean isV4(String text) {
        int numbers = 0;
        int value = -1;
        for (int at = 0; at <= text.length(); at++) {
            char c = at < text.length() ? text.charAt(at) : '.';
            if (c == '.') {
                if (value < 0) {
                    return false;
                }
                numbers++;
                value = -1;
            } else if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return numbers == 4;
    }

    private static boolean isV6(String text) {
        int groups = 0;
        int length = 0;
        int from = 0;
        boolean gap = text.contains("::");
        for (int at = 0; at <= text.length(); at++) {
            char c = at < text.length() ? text.charAt(at) : ':';
            if (c == ':') {
                groups += length > 0 ? 1 : 0;
                length = 0;
                from = at + 1;
            } else if (c == '.') {
                return isV4(text.substring(from)) && (gap ? groups <= 5 : groups == 6);
            } else if (Character.digit(c, 16) < 0 || c >= 0x80 || ++length > 4) {
                return false;
            }
        }
        return gap ? groups <= 7 : groups == 8;
    }
}
