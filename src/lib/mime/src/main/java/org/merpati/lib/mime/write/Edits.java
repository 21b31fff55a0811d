package org.merpati.lib.mime.write;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.transfer.Base64Encoder;

/**
 * Changes to a message by its offsets: octets taken out, put in, or encoded. The result is read through, and of the original
 * no more than a block is held. For one message, one thread; edits come in any order and don't overlap.
 */
public final class Edits {
    private final Octets original;
    private final List<Edit> edits = new ArrayList<>();

    /** What becomes of {@code [from, to)} of the original. */
    private sealed interface Edit {
        long from();

        long to();

        long size();

        record Replaced(long from, long to, String by) implements Edit {
            @Override
            public long size() {
                return by.length();
            }
        }

        record Encoded(long from, long to) implements Edit {
            @Override
            public long size() {
                return Base64Encoder.encodedSize(to - from);
            }
        }
    }

    public Edits(Octets original) {
        this.original = original;
    }

    /** @param by ASCII, may be nothing */
    public void replace(long from, long to, String by) {
        Objects.checkFromToIndex(from, to, original.size());
        if (by.chars().anyMatch(c -> c >= 0x80)) {
            throw new IllegalArgumentException("only ASCII is put into a message");
        }
        edits.add(new Edit.Replaced(from, to, by));
    }

    /** Base64 in its place, in lines of 76 characters, the last one without a line end (RFC 2045 §6.8). */
    public void encode(long from, long to) {
        Objects.checkFromToIndex(from, to, original.size());
        edits.add(new Edit.Encoded(from, to));
    }

    public boolean isEmpty() {
        return edits.isEmpty();
    }

    /**
     * The message as it is with the edits so far.
     *
     * @throws IllegalStateException when two of them overlap
     */
    public Octets result() {
        var ordered = new ArrayList<>(edits);
        ordered.sort(Comparator.comparingLong(Edit::from).thenComparingLong(Edit::to));
        long size = original.size();
        long at = 0;
        for (var edit : ordered) {
            if (edit.from() < at) {
                throw new IllegalStateException("two edits of the octets at " + edit.from());
            }
            at = edit.to();
            size += edit.size() - (edit.to() - edit.from());
        }
        return new Edited(original, List.copyOf(ordered), size);
    }

    private record Edited(Octets original, List<Edit> edits, long size) implements Octets {
        @Override
        public InputStream open(long from, long to) throws IOException {
            Objects.checkFromToIndex(from, to, size);
            var in = new Reading(original.open(0, original.size()), original.size(), edits);
            try {
                in.skipNBytes(from);
                return Octets.bounded(in, to - from);
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
    }

    /** Goes through the original once. */
    private static final class Reading extends InputStream {
        private static final byte[] NOTHING = {};

        private final InputStream in;
        private final long end;
        private final List<Edit> edits;
        private int next;
        private long at;
        private byte[] ready = NOTHING;
        private int readyAt;

        /** What is still to be encoded, and whether a line stands before it. */
        private Base64Lines lines = new Base64Lines(0);

        Reading(InputStream in, long end, List<Edit> edits) {
            this.in = in;
            this.end = end;
            this.edits = edits;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, into.length);
            if (length == 0) {
                return 0;
            }
            while (true) {
                if (readyAt < ready.length) {
                    int some = Math.min(length, ready.length - readyAt);
                    System.arraycopy(ready, readyAt, into, from, some);
                    readyAt += some;
                    return some;
                }
                if (lines.left() > 0) {
                    ready(lines.next(in));
                } else if (next < edits.size() && edits.get(next).from() == at) {
                    begin(edits.get(next++));
                } else {
                    return original(into, from, length);
                }
            }
        }

        private void begin(Edit edit) throws IOException {
            at = edit.to();
            switch (edit) {
                case Edit.Replaced(long from, long to, var by) -> {
                    in.skipNBytes(to - from);
                    ready(by.getBytes(StandardCharsets.US_ASCII));
                }
                case Edit.Encoded(long from, long to) -> lines = new Base64Lines(to - from);
            }
        }

        private int original(byte[] into, int from, int length) throws IOException {
            long upTo = next < edits.size() ? edits.get(next).from() : end;
            if (at == upTo) {
                return -1;
            }
            int read = in.read(into, from, (int) Math.min(length, upTo - at));
            if (read < 0) {
                throw new IOException("the message is shorter than it says");
            }
            at += read;
            return read;
        }

        private void ready(byte[] octets) {
            ready = octets;
            readyAt = 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
