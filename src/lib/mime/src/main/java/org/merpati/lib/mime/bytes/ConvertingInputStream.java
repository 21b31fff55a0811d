package org.merpati.lib.mime.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream read block by block into another form. Closing it closes the other stream. */
public abstract class ConvertingInputStream extends InputStream {
    private static final int BLOCK = 8192;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private final byte[] converted;
    private int at;
    private int limit;
    private boolean ended;

    /**
     * @param factor by how much a block may grow
     * @param more octets that may come beyond that
     */
    protected ConvertingInputStream(InputStream in, int factor, int more) {
        this.in = in;
        this.converted = new byte[BLOCK * factor + more];
    }

    /** Converts {@code from[0, length)} to the beginning of {@code to}; returns how many octets it made. */
    protected abstract int convert(byte[] from, int length, byte[] to);

    /** Writes what the end makes certain to the beginning of {@code to}; returns how many octets that are. */
    protected int finish(byte[] to) {
        return 0;
    }

    @Override
    public final int read() throws IOException {
        return fill() ? converted[at++] & 0xff : -1;
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, limit - at);
        System.arraycopy(converted, at, bytes, offset, n);
        at += n;
        return n;
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }

    /** Whether there are octets to give. */
    private boolean fill() throws IOException {
        while (at == limit && !ended) {
            int read = in.read(block, 0, BLOCK);
            at = 0;
            ended = read < 0;
            limit = ended ? finish(converted) : convert(block, read, converted);
        }
        return at < limit;
    }
}
