package org.merpati.lib.mime.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A body read with its transfer encoding removed. Closing it closes the body's stream. */
public final class DecodingInputStream extends InputStream {
    private static final int BLOCK = 8192;

    private final InputStream in;
    private final TransferDecoder decoder;
    private final byte[] block = new byte[BLOCK];
    private final byte[] decoded = new byte[BLOCK + TransferDecoder.MOST_HELD];
    private int at;
    private int limit;
    private boolean ended;

    public DecodingInputStream(InputStream in, TransferDecoder decoder) {
        this.in = in;
        this.decoder = decoder;
    }

    @Override
    public int read() throws IOException {
        return fill() ? decoded[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, limit - at);
        System.arraycopy(decoded, at, bytes, offset, n);
        at += n;
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Whether there are octets to give. */
    private boolean fill() throws IOException {
        while (at == limit && !ended) {
            int read = in.read(block, 0, BLOCK);
            at = 0;
            ended = read < 0;
            limit = ended ? decoder.finish(decoded, 0) : decoder.decode(block, 0, read, decoded, 0);
        }
        return at < limit;
    }
}
