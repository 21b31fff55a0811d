package org.merpati.lib.mime.view;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Text whose lines end with CRLF, also where they ended with LF alone. Closing it closes the other stream. */
final class CrlfInputStream extends InputStream {
    private static final int BLOCK = 8192;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private final byte[] lines = new byte[2 * BLOCK];
    private int at;
    private int limit;
    private boolean ended;
    private boolean afterCr;

    CrlfInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return fill() ? lines[at++] & 0xff : -1;
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
        System.arraycopy(lines, at, bytes, offset, n);
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
            limit = 0;
            ended = read < 0;
            for (int i = 0; i < read; i++) {
                if (block[i] == '\n' && !afterCr) {
                    lines[limit++] = '\r';
                }
                afterCr = block[i] == '\r';
                lines[limit++] = block[i];
            }
        }
        return at < limit;
    }
}
