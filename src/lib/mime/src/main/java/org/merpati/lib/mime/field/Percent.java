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
        var octets = octets(text);
        return Charsets.decode(octets, 0, octets.length, charset);
    }

    /** Those of the text; what is not ASCII has no right to be there and is UTF-8. */
    static byte[] octets(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
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
}
