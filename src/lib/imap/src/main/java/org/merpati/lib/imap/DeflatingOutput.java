package org.merpati.lib.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what a server sends (RFC 4978). A flush brings everything out that was written. Used by one thread at a time.
 */
public final class DeflatingOutput extends OutputStream {
    private static final int BLOCK = 8192;

    private final OutputStream out;
    private @Nullable Deflater deflater;
    private boolean dirty;

    public DeflatingOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var current = deflater();
        current.setInput(bytes, offset, length);
        var block = new byte[Math.min(BLOCK, length + 64)];
        while (!current.needsInput()) {
            int count = current.deflate(block);
            out.write(block, 0, count);
        }
        dirty |= length > 0;
    }

    @Override
    public void flush() throws IOException {
        if (dirty) {
            var current = deflater();
            var block = new byte[BLOCK];
            int count;
            do {
                count = current.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
                out.write(block, 0, count);
            } while (count == block.length);
            dirty = false;
        }
        out.flush();
    }

    /**
     * Gives the deflater's memory back, some 270 KB, after a flush. What is written later goes on in the same stream: a new
     * deflater refers to nothing from before, and a flush ends at a whole octet.
     */
    public void release() {
        if (!dirty) {
            close();
        }
    }

    /** Gives the deflater's memory back; writes nothing and leaves the stream below open. */
    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
            deflater = null;
        }
    }

    private Deflater deflater() {
        var current = deflater;
        if (current == null) {
            current = new Deflater(Deflater.BEST_SPEED, true);
            deflater = current;
        }
        return current;
    }
}
