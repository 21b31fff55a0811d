package org.merpati.lib.smtp;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message that comes in chunks (BDAT, RFC 3030 §2). Every chunk is read to its end, also after the message has been
 * refused, as the next command stands behind it. For one message and one thread.
 */
public final class ChunkReader {
    private static final int BLOCK = 16_384;

    private final SmtpInput in;
    private final OutputStream sink;
    private final long limit;
    private final boolean binary;
    private final byte[] block = new byte[BLOCK];
    private long size;
    private boolean afterCr;
    private DataReader.@Nullable Result refused;

    /**
     * @param sink is written in blocks and not closed
     * @param limit octets of the whole message
     * @param binary whether CR and LF may stand alone: BODY=BINARYMIME (RFC 3030 §3); in another message they may not, as with
     *     DATA
     */
    public ChunkReader(SmtpInput in, OutputStream sink, long limit, boolean binary) {
        this.in = in;
        this.sink = sink;
        this.limit = limit;
        this.binary = binary;
    }

    /**
     * Reads one chunk.
     *
     * @throws IOException what {@code in} throws: the chunk did not come to its end
     */
    public void chunk(long octets) throws IOException {
        for (long left = octets; left > 0; ) {
            int count = in.octets(block, (int) Math.min(left, BLOCK));
            left -= count;
            pass(count);
        }
    }

    /** Whether nothing has spoken against the message so far. */
    public boolean good() {
        return refused == null;
    }

    /** How it went, after the last chunk or the first bad one. */
    public DataReader.Result result() {
        if (refused == null && afterCr && !binary) {
            return new DataReader.Result.BareLineBreak();
        }
        return refused != null ? refused : new DataReader.Result.Whole(size);
    }

    private void pass(int count) {
        if (refused != null) {
            return;
        }
        size += count;
        if (size > limit) {
            refused = new DataReader.Result.TooLarge();
        } else if (!binary && bareLineBreak(count)) {
            refused = new DataReader.Result.BareLineBreak();
        } else {
            try {
                sink.write(block, 0, count);
            } catch (IOException e) {
                refused = new DataReader.Result.NotTaken(e);
            }
        }
    }

    private boolean bareLineBreak(int count) {
        for (int i = 0; i < count; i++) {
            byte octet = block[i];
            if (afterCr != (octet == '\n')) {
                return true;
            }
            afterCr = octet == '\r';
        }
        return false;
    }
}
