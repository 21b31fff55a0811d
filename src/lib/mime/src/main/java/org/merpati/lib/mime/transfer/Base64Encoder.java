package org.merpati.lib.mime.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;

/** Writes octets as base64 in lines of 76 characters (RFC 2045 §6.8). */
public final class Base64Encoder {
    private static final int LINE = 76;
    private static final int OCTETS_PER_LINE = LINE / 4 * 3;
    private static final int CHUNK = OCTETS_PER_LINE * 128;
    private static final byte[] CRLF = {'\r', '\n'};

    private Base64Encoder() {}

    /** Encodes all that {@code in} gives. The last line has no line end, so that what follows may begin with one. */
    public static void encode(InputStream in, OutputStream out) throws IOException {
        var encoder = Base64.getMimeEncoder(LINE, CRLF);
        var chunk = in.readNBytes(CHUNK);
        while (chunk.length > 0) {
            out.write(encoder.encode(chunk));
            chunk = in.readNBytes(CHUNK);
            if (chunk.length > 0) {
                out.write(CRLF);
            }
        }
    }

    /** How many octets {@link #encode} makes of that many. */
    public static long encodedSize(long size) {
        long characters = (size + 2) / 3 * 4;
        long lineEnds = characters == 0 ? 0 : (characters - 1) / LINE;
        return characters + 2 * lineEnds;
    }
}
