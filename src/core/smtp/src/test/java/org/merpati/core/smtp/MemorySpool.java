package org.merpati.core.smtp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.api.spool.Spooled;

/** A spool on the heap that counts its open entries and can be full. */
final class MemorySpool implements Spool {
    int open;
    long takes = Long.MAX_VALUE; // octets in all
    boolean full;
    boolean broken;
    /** Whether octets are counted and forgotten. */
    boolean forgets;

    long octets;
    int largestBlock;

    @Override
    public Spooled create() throws IOException {
        if (full) {
            throw new NoSpaceException("below the watermark");
        }
        open++;
        return new Entry();
    }

    private final class Entry implements Spooled {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public OutputStream sink() {
            return new OutputStream() {
                @Override
                public void write(int octet) {
                    throw new AssertionError("the spool is written octet by octet");
                }

                @Override
                public void write(byte[] octets, int offset, int length) throws IOException {
                    if (broken) {
                        throw new IOException("the disk makes noises");
                    }
                    MemorySpool.this.octets += length;
                    largestBlock = Math.max(largestBlock, length);
                    if (forgets) {
                        return;
                    }
                    if (bytes.size() + length > takes) {
                        throw new NoSpaceException("full");
                    }
                    bytes.write(octets, offset, length);
                }
            };
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes.toByteArray());
        }

        @Override
        public void close() {
            open -= closed ? 0 : 1;
            closed = true;
        }
    }
}
