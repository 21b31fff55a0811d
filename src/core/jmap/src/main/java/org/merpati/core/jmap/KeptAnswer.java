package org.merpati.core.jmap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.api.spool.Spooled;
import org.merpati.lib.jmap.Answer;

/** An answer while it is written and until it is sent: a small one on the heap, a large one in the spool. */
final class KeptAnswer extends OutputStream implements Answer {
    /** Octets; what is more is a call that asks for too much at once. */
    static final long LARGEST = 500_000_000;

    /** The answer would be larger than {@link #LARGEST}. */
    static final class TooLargeException extends IOException {
        TooLargeException() {
            super("an answer of more than " + LARGEST + " octets");
        }
    }

    private final String name;
    private final String callId;
    private final Spool spool;
    private final int heap;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(512);
    private long size;
    private @Nullable Spooled spooled;
    private @Nullable OutputStream sink;

    /** @param heap octets that may stay there */
    KeptAnswer(String name, String callId, Spool spool, int heap) {
        this.name = name;
        this.callId = callId;
        this.spool = spool;
        this.heap = heap;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        size += length;
        if (size > LARGEST) {
            throw new TooLargeException();
        }
        if (sink == null && octets.size() + length > heap) {
            var made = spool.create();
            spooled = made;
            sink = made.sink();
            octets.writeTo(sink);
            octets.reset();
        }
        (sink == null ? octets : sink).write(from, offset, length);
    }

    /** Octets on the heap. */
    int held() {
        return octets.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String callId() {
        return callId;
    }

    @Override
    public InputStream open() throws IOException {
        return spooled == null ? new ByteArrayInputStream(octets.toByteArray()) : spooled.open();
    }

    @Override
    public void close() {
        if (spooled != null) {
            spooled.close();
        }
    }
}
