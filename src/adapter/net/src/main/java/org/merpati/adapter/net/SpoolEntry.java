package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.WARNING;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.spool.Spooled;

/** A message in chunks on the heap, each taken from the budget, or in a file once either the budget or its share is used up. */
final class SpoolEntry implements Spooled {
    private static final System.Logger LOG = System.getLogger(SpoolEntry.class.getName());
    private static final int FIRST_CHUNK = 8_192;

    /** What is taken at once for a message whose size is known, before any of it has come. */
    private static final int LARGEST_FIRST_CHUNK = 65_536;

    /** How an entry gets its file. */
    interface Files {
        SpoolFile create() throws IOException;
    }

    private final HeapBudget budget;
    private final long share;
    private final long expected;
    private final Files files;
    private final OutputStream sink = new Sink();

    private final List<byte[]> chunks = new ArrayList<>();
    private long taken;
    private long size;
    private @Nullable SpoolFile file;
    private boolean closed;

    /** @param expected octets; 0 when nobody knows */
    SpoolEntry(HeapBudget budget, long share, long expected, Files files) {
        this.budget = budget;
        this.share = share;
        this.expected = expected;
        this.files = files;
    }

    @Override
    public OutputStream sink() {
        return sink;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        requireOpen();
        if (file != null) {
            return file.open();
        }
        if (chunks.size() == 1) {
            return new ByteArrayInputStream(chunks.getFirst(), 0, Math.toIntExact(size));
        }
        var streams = new ArrayList<InputStream>();
        long left = size;
        for (var chunk : chunks) {
            int length = (int) Math.min(left, chunk.length);
            streams.add(new ByteArrayInputStream(chunk, 0, length));
            left -= length;
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        giveHeapBack();
        if (file != null) {
            try {
                file.delete();
            } catch (IOException e) {
                LOG.log(WARNING, "a spool file stays until the next start: " + e);
            }
        }
    }

    private void write(byte[] octets, int offset, int length) throws IOException {
        requireOpen();
        int at = offset;
        int end = offset + length;
        while (file == null && at < end) {
            if (size == taken && !grow()) {
                file = spill();
                break;
            }
            var chunk = chunks.getLast();
            int used = (int) (chunk.length - (taken - size));
            int count = Math.min(chunk.length - used, end - at);
            System.arraycopy(octets, at, chunk, used, count);
            at += count;
            size += count;
        }
        if (file != null && at < end) {
            file.write(octets, at, end - at);
            size += end - at;
        }
    }

    /** One more chunk, as large as all before it; whether the share and the budget allowed it. */
    private boolean grow() {
        long first = expected == 0 ? FIRST_CHUNK : Math.min(expected, LARGEST_FIRST_CHUNK);
        long wanted = Math.min(taken == 0 ? first : Math.max(FIRST_CHUNK, taken), share - taken);
        if (wanted <= 0 || !budget.take(wanted)) {
            return false;
        }
        chunks.add(new byte[Math.toIntExact(wanted)]);
        taken += wanted;
        return true;
    }

    private SpoolFile spill() throws IOException {
        var made = files.create();
        try {
            for (var chunk : chunks) {
                made.write(chunk, 0, chunk.length);
            }
        } catch (IOException e) {
            made.delete();
            throw e;
        }
        giveHeapBack();
        return made;
    }

    private void giveHeapBack() {
        chunks.clear();
        budget.give(taken);
        taken = 0;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("this spool entry is closed");
        }
    }

    private final class Sink extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            SpoolEntry.this.write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            SpoolEntry.this.write(octets, offset, length);
        }
    }
}
