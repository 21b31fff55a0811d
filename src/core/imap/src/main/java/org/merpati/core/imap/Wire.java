package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.imap.DeflatingOutput;
import org.merpati.lib.imap.InflatingInput;

/**
 * A connection's octets: in clear or compressed (RFC 4978), and until a time that no silence nor slowness puts off. Its streams
 * stay the same throughout.
 */
final class Wire implements AutoCloseable {
    private final Connection connection;
    private final LongSupplier nanos;
    private final InputStream below;
    private final OutputStream lower;
    private final InputStream clear = new Clear();
    private final InputStream in = new Input();
    private final OutputStream out = new Output();
    private byte[] first = {};
    private int at;
    private boolean limited;
    private long deadline;
    private @Nullable InflatingInput inflating;
    private @Nullable DeflatingOutput deflating;

    Wire(Connection connection, LongSupplier nanos) {
        this.connection = connection;
        this.below = connection.in();
        this.lower = connection.out();
        this.nanos = nanos;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** From now on all reads together may take that long. */
    void deadlineIn(Duration time) {
        limited = true;
        deadline = nanos.getAsLong() + time.toNanos();
    }

    /** From now on each read may take that long. */
    void silence(Duration time) throws IOException {
        limited = false;
        connection.timeout(time);
    }

    boolean compressed() {
        return inflating != null;
    }

    /** @param read octets that the client has compressed and that have been read already */
    void compress(byte[] read) {
        inflating = new InflatingInput(clear, read);
        deflating = new DeflatingOutput(lower);
    }

    /** Ends the compression, both ways. */
    void decompress() {
        if (inflating != null) {
            first = inflating.end();
            at = 0;
        }
        close();
        inflating = null;
        deflating = null;
    }

    /** Gives memory back that a silent connection does not need. */
    void release() {
        if (deflating != null) {
            deflating.release();
        }
    }

    /** Gives the memory of compression back; the connection stays open. */
    @Override
    public void close() {
        if (inflating != null) {
            inflating.close();
        }
        if (deflating != null) {
            deflating.close();
        }
    }

    private final class Clear extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (at < first.length) {
                int count = Math.min(length, first.length - at);
                System.arraycopy(first, at, bytes, offset, count);
                at += count;
                return count;
            }
            if (limited) {
                long left = deadline - nanos.getAsLong();
                if (left <= 0) {
                    throw new SocketTimeoutException("the time is over");
                }
                connection.timeout(Duration.ofMillis(Math.max(1, left / 1_000_000)));
            }
            return below.read(bytes, offset, length);
        }
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            return current().read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return current().read(bytes, offset, length);
        }

        private InputStream current() {
            var compressed = inflating;
            return compressed == null ? clear : compressed;
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            current().write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            current().write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            current().flush();
        }

        /** Closes the connection: its reader comes to an end. */
        @Override
        public void close() throws IOException {
            lower.close();
        }

        private OutputStream current() {
            var compressed = deflating;
            return compressed == null ? lower : compressed;
        }
    }
}
