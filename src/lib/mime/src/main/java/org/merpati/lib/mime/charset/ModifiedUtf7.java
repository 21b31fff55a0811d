package org.merpati.lib.mime.charset;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Mailbox names on the wire (RFC 3501 §5.1.3): printable ASCII stands for itself, {@code &} for {@code &-}, and all else
 * is UTF-16 in a base64 with a comma for the slash, between {@code &} and {@code -}.
 */
public final class ModifiedUtf7 {
    private ModifiedUtf7() {}

    /**
     * The name that the text stands for.
     *
     * @throws IllegalArgumentException when it is none: a character outside printable ASCII, an open or empty shift, a
     *     shift that encodes printable ASCII or follows another, bits left over, half a surrogate pair
     */
    public static String decode(String wire) {
        var out = new StringBuilder(wire.length());
        int at = 0;
        int shiftEnd = -1;
        while (at < wire.length()) {
            char c = wire.charAt(at);
            if (c < 0x20 || c > 0x7e) {
                throw new IllegalArgumentException("not modified UTF-7: a character outside printable ASCII");
            }
            if (c != '&') {
                out.append(c);
                at++;
                continue;
            }
            int end = wire.indexOf('-', at);
            if (end < 0) {
                throw new IllegalArgumentException("not modified UTF-7: a shift that does not end");
            }
            if (end == at + 1) {
                out.append('&');
            } else {
                if (shiftEnd == at) {
                    throw new IllegalArgumentException("not modified UTF-7: a shift right after another");
                }
                shifted(wire.substring(at + 1, end), out);
                shiftEnd = end + 1;
            }
            at = end + 1;
        }
        return out.toString();
    }

    /** The text that stands for the name; half a surrogate pair becomes U+FFFD. */
    public static String encode(String name) {
        var out = new StringBuilder(name.length() + 8);
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (plain(c)) {
                out.append(c);
                if (c == '&') {
                    out.append('-');
                }
                at++;
                continue;
            }
            int end = at;
            while (end < name.length() && !plain(name.charAt(end))) {
                end++;
            }
            byte[] utf16 = wellFormed(name.substring(at, end)).getBytes(StandardCharsets.UTF_16BE);
            out.append('&')
                    .append(Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(utf16)
                            .replace('/', ','))
                    .append('-');
            at = end;
        }
        return out.toString();
    }

    private static boolean plain(char c) {
        return c >= 0x20 && c <= 0x7e;
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    private static void shifted(String base64, StringBuilder out) {
        if (base64.indexOf('/') >= 0 || base64.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not modified UTF-7: a slash or padding in a shift");
        }
        byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
        boolean canonical =
                Base64.getEncoder().withoutPadding().encodeToString(utf16).equals(base64.replace(',', '/'));
        if (utf16.length == 0 || utf16.length % 2 != 0 || !canonical) {
            throw new IllegalArgumentException("not modified UTF-7: bits left over in a shift");
        }
        for (int i = 0; i < utf16.length; i += 2) {
            char c = (char) (((utf16[i] & 0xff) << 8) | (utf16[i + 1] & 0xff));
            if (plain(c)) {
                throw new IllegalArgumentException("not modified UTF-7: printable ASCII in a shift");
            }
            boolean low = Character.isLowSurrogate(c);
            boolean open = out.length() > 0 && i > 0 && Character.isHighSurrogate(out.charAt(out.length() - 1));
            boolean last = i + 2 == utf16.length;
            if (low != open || (Character.isHighSurrogate(c) && last)) {
                throw new IllegalArgumentException("not modified UTF-7: half a surrogate pair");
            }
            out.append(c);
        }
    }
}
