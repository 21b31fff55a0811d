package org.merpati.core.jmap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.api.spool.Spooled;

/** A spool on the heap that counts its open entries and can be full. */
public final class MemorySpool implements Spool {
    public final AtomicInteger open = new AtomicInteger();
    public volatile boolean full;
    /** So many octets fit into an entry. */
    volatile long takes = Long.MAX_VALUE;

    @Override
    public Spooled create() throws IOException {
        if (full) {
            throw new NoSpaceException("below the watermark");
        }
        open.incrementAndGet();
        return new Entry();
    }

    private final class Entry implements Spooled {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public OutputStream sink() {
            return new OutputStream() {
                @Override
                public void write(int octet) {
                    throw new AssertionError("the spool is written octet by octet");
                }

                @Override
                public void write(byte[] from, int offset, int length) throws IOException {
                    if (octets.size() + length > takes) {
                        throw new NoSpaceException("full");
                    }
                    octets.write(from, offset, length);
                }
            };
        }

        @Override
        public long size() {
            return octets.size();
        }

        @Override
        public InputStream open() throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            return new ByteArrayInputStream(octets.toByteArray());
        }

        @Override
        public void close() {
            if (!closed) {
                open.decrementAndGet();
            }
            closed = true;
        }
    }
}
