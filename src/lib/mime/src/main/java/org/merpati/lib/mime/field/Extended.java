package org.merpati.lib.mime.field;

import java.io.ByteArrayOutputStream;
import org.merpati.lib.mime.charset.Charsets;

/** A parameter's value as {@code charset'language'%41b} (RFC 2231 §4), or the neighbouring pieces of one (§4.1). */
final class Extended {
    private final String charset;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    /** The first piece, which has the charset; leniently without one. */
    Extended(String value) {
        int first = value.indexOf('\'');
        int second = first < 0 ? -1 : value.indexOf('\'', first + 1);
        charset = second < 0 ? "" : value.substring(0, first);
        octets.writeBytes(Percent.octets(second < 0 ? value : value.substring(second + 1), charset));
    }

    Extended(String charset, String value) {
        this.charset = charset;
        octets.writeBytes(Percent.octets(value, charset));
    }

    void append(String value) {
        octets.writeBytes(Percent.octets(value, charset));
    }

    String charset() {
        return charset;
    }

    String text() {
        return Charsets.decode(octets.toByteArray(), 0, octets.size(), charset);
    }
}
