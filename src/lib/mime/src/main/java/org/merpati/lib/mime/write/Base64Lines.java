package org.merpati.lib.mime.write;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.merpati.lib.mime.transfer.Base64Encoder;

/** The next octets of a stream as base64, a block at a time. */
final class Base64Lines {
    private static final int BLOCK = 57 * 128; // whole lines
    private static final byte[] CRLF = {'\r', '\n'};

    private long left;
    private boolean begun;

    /** @param length how many octets there are to encode */
    Base64Lines(long length) {
        left = length;
    }

    /** Octets not read yet. */
    long left() {
        return left;
    }

    byte[] next(InputStream in) throws IOException {
        int length = (int) Math.min(left, BLOCK);
        var octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new IOException("the message is shorter than it says");
        }
        left -= length;
        var out = new ByteArrayOutputStream(2 * length);
        if (begun) {
            out.write(CRLF);
        }
        begun = true;
        Base64Encoder.encode(new ByteArrayInputStream(octets), out);
        return out.toByteArray();
    }
}
