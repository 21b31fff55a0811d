package org.merpati.lib.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.merpati.lib.mime.charset.Charsets;
import org.merpati.lib.mime.transfer.DecodingInputStream;
import org.merpati.lib.mime.transfer.TransferDecoder;

/**
 * A message as it was read: its parts by their places in the octets, and what is wrong with it.
 *
 * <p>Any octets are a message. Reading takes time linear in their number and memory within {@link Limits}; nothing is copied
 * and nothing decoded until asked for. Immutable as long as the octets are; threads may share it.
 */
public final class Message {
    private static final int BLOCK = 8192;

    private final Octets octets;
    private final Part root;
    private final List<Defect> defects;

    Message(Octets octets, Part root, List<Defect> defects) {
        this.octets = octets;
        this.root = root;
        this.defects = List.copyOf(defects);
    }

    /** Reads a message from an array, which is not copied and must not change. */
    public static Message parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length, Limits.DEFAULT);
    }

    /** Reads the message of {@code bytes[from, to)}; offsets count from {@code from}. */
    public static Message parse(byte[] bytes, int from, int to, Limits limits) {
        var octets = (Octets.InMemory) Octets.of(bytes, from, to);
        try {
            var parser = new Parser(new Window(octets), limits);
            var root = parser.parse();
            return new Message(octets, root, parser.defects());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array has no errors
        }
    }

    /** Reads what remains in the buffer, which stays as it is; copied unless it is an array's. */
    public static Message parse(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            int from = buffer.arrayOffset() + buffer.position();
            return parse(buffer.array(), from, from + buffer.remaining(), Limits.DEFAULT);
        }
        var copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return parse(copy);
    }

    /**
     * Reads a message of any length through a window; of its octets only headers stay in memory.
     *
     * @throws IOException when the octets cannot be read; never for what they say
     */
    public static Message parse(Octets octets, Limits limits) throws IOException {
        if (octets instanceof Octets.InMemory all) {
            return parse(all.bytes, all.from, all.to, limits);
        }
        try (var in = octets.open(0, octets.size())) {
            var parser = new Parser(new Window(in), limits);
            var root = parser.parse();
            return new Message(octets, root, parser.defects());
        }
    }

    public Octets octets() {
        return octets;
    }

    public Part root() {
        return root;
    }

    /** In the order that they were noticed; of each kind the first hundred. */
    public List<Defect> defects() {
        return defects;
    }

    /** The part's body as it is transferred; the caller closes the stream. */
    public InputStream body(Part part) throws IOException {
        return octets.open(part.bodyStart(), part.bodyEnd());
    }

    /** The part's body, transfer encoding removed; the caller closes the stream. */
    public InputStream content(Part part) throws IOException {
        var decoder = part.encoding().decoder();
        return decoder == null ? body(part) : new DecodingInputStream(body(part), decoder);
    }

    /** Writes the part's body, transfer encoding removed. */
    public void writeContent(Part part, OutputStream out) throws IOException {
        if (!(octets instanceof Octets.InMemory all)) {
            try (var in = content(part)) {
                in.transferTo(out);
            }
            return;
        }
        int at = all.from + (int) part.bodyStart();
        int end = all.from + (int) part.bodyEnd();
        var decoder = part.encoding().decoder();
        if (decoder == null) {
            out.write(all.bytes, at, end - at);
            return;
        }
        var decoded = new byte[Math.min(BLOCK, end - at) + TransferDecoder.MOST_HELD];
        while (at < end) {
            int next = Math.min(at + BLOCK, end);
            out.write(decoded, 0, decoder.decode(all.bytes, at, next, decoded, 0));
            at = next;
        }
        out.write(decoded, 0, decoder.finish(decoded, 0));
    }

    /**
     * The text of the part's first octets: transfer encoding removed and characters decoded by the charset it names; where that
     * is unknown or does not fit, by a guess.
     *
     * @param most octets of content that are looked at
     */
    public String text(Part part, int most) throws IOException {
        byte[] bytes;
        try (var in = content(part)) {
            bytes = in.readNBytes(most);
        }
        return Charsets.decode(bytes, 0, bytes.length, part.charset().orElse("us-ascii"));
    }
}
