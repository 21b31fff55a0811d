package org.merpati.lib.smtp;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Input that comes in reads of at most so many octets. */
public final class Trickle extends InputStream {
    private final ByteArrayInputStream in;
    private final int most;

    public Trickle(String octets, int most) {
        this.in = new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1));
        this.most = most;
    }

    @Override
    public int read() {
        return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        return in.read(into, offset, Math.min(length, most));
    }
}
