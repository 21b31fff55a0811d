package org.merpati.lib.jmap.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails as soon as more than the limit has been read, however long the rest may be. */
final class BoundedInput extends FilterInputStream {
    private final long limit;
    private long left;

    BoundedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, length);
        count(Math.max(got, 0));
        return got;
    }

    private void count(int octets) throws JsonTooLargeException {
        left -= octets;
        if (left < 0) {
            throw new JsonTooLargeException("the body is larger than " + limit + " octets");
        }
    }
}
