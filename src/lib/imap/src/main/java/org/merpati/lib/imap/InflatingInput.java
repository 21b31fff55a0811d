package org.merpati.lib.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a client sends once it compresses (RFC 4978), in clear. Reads at most what is asked for, however much the compressed
 * octets would give, and keeps one small buffer.
 *
 * <p>Compressed octets are given to the inflater up to the end of a flush at a time. So when a command ends the compression
 * (RFC 8437 §4.1), what came behind it in clear is still here and whole: {@link #end} hands it over.
 */
public final class InflatingInput extends InputStream {
    private static final int BLOCK = 4096;
    private static final int WORDS = 0xFFFF; // an empty stored block's length and its complement: 00 00 FF FF

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private byte[] block;
    private int from;
    private int to;
    private int given; // the end of what the inflater has got
    private int last4 = -1;

    /** @param first what has been read of the compressed octets already */
    public InflatingInput(InputStream in, byte[] first) {
        this.in = in;
        this.block = first.length == 0 ? new byte[BLOCK] : first.clone();
        this.to = first.length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** -1 also when the client has ended its compressed stream. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (true) {
                int count = inflater.inflate(bytes, offset, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished()) {
                    return -1;
                }
                if (!inflater.needsInput()) {
                    throw new IOException("compressed with a dictionary that nobody has agreed on");
                }
                if (!give()) {
                    return -1;
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("not compressed with DEFLATE: " + e.getMessage(), e);
        }
    }

    private boolean give() throws IOException {
        from = given;
        if (from == to) {
            if (block.length != BLOCK) {
                block = new byte[BLOCK];
            }
            int read = in.read(block, 0, block.length);
            if (read < 0) {
                return false;
            }
            from = 0;
            to = read;
        }
        given = from;
        while (given < to) {
            last4 = last4 << 8 | (block[given++] & 0xff);
            if (last4 == WORDS) {
                break;
            }
        }
        inflater.setInput(block, from, given - from);
        return true;
    }

    /** Ends it, and hands over what the client has sent behind its compressed octets. */
    public byte[] end() {
        try {
            inflater.inflate(new byte[1]); // the end of the stream may come right behind what was read
        } catch (DataFormatException e) {
            // whatever it is, it is no part of the stream
        }
        int rest = inflater.finished() ? given - inflater.getRemaining() : given;
        inflater.end();
        return Arrays.copyOfRange(block, rest, to);
    }

    /** Gives the inflater's memory back. */
    @Override
    public void close() {
        inflater.end();
    }
}
