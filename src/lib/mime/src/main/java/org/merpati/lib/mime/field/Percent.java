package org.merpati.lib.mime.field;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.merpati.lib.mime.charset.Charsets;

/** Octets written as {@code %C3%A9} (RFC 2231 §4, RFC 2392); a percent sign that begins no octet is one. */
final class Percent {
    private Percent() {}

    static String decode(String text, String charset) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var octets = octets(text, charset);
        return Charsets.decode(octets, 0, octets.length, charset);
    }

    /** Those of the text in that charset. */
    static byte[] octets(String text, String charset) {
        var bytes = raw(text, charset);
        var out = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            int high = bytes[at] == '%' && at + 2 < bytes.length ? Character.digit((char) bytes[at + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit((char) bytes[at + 2], 16);
            if (low < 0) {
                out.write(bytes[at]);
            } else {
                out.write(high * 16 + low);
                at += 2;
            }
        }
        return out.toByteArray();
    }

    /**
     * Text that should be ASCII as octets. What else is in it was decoded before its time, and becomes the charset's octets
     * again.
     */
    static byte[] raw(String text, String charset) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length == text.length()
                ? utf8
                : text.getBytes(Charsets.named(charset)
                        .filter(c -> c.canEncode() && "A".getBytes(c).length == 1)
                        .orElse(StandardCharsets.UTF_8));
    }
}
