package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.response.FetchValue;
import org.merpati.lib.imap.response.FetchValue.BinaryValue;
import org.merpati.lib.imap.response.FetchValue.BodyValue;
import org.merpati.lib.imap.response.Octets;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.view.Binary;
import org.merpati.lib.mime.view.Section;
import org.merpati.lib.mime.view.Section.Range;

/**
 * Cuts sections out of stored messages (RFC 3501 §6.4.5) and removes transfer encodings (RFC 3516 §4.2). What is small is read
 * and found good before a literal of it is announced; what is large flows from the blob.
 *
 * <p>A message that can't be read is an {@link IOException}, thrown before anything of it is sent. The caller closes the streams.
 */
final class Bodies {
    /** A part has a transfer encoding that can't be removed. */
    static final class UnknownEncoding extends IOException {
        UnknownEncoding() {
            super("unknown transfer encoding");
        }
    }

    private static final int SMALL = 65_536;

    private final BlobStore blobs;

    Bodies(BlobStore blobs) {
        this.blobs = blobs;
    }

    BodyValue body(Opened message, FetchItem.Body item) throws IOException {
        var range = range(message, item.section());
        if (range.isEmpty()) {
            return new BodyValue(item, Optional.empty());
        }
        var octets = item.section().what() instanceof Section.Fields fields
                ? cut(fields.pick(header(message.row(), range.get())), item.partial())
                : flow(message.row(), cut(range.get(), item.partial()));
        return new BodyValue(item, Optional.of(octets));
    }

    /**
     * Fields that are stored with a message's structure, from its header there; empty when that may lack some of them: of a
     * header without end, or one of which not all was looked at.
     */
    static Optional<FetchValue> fields(Header header, FetchItem.Body item) {
        boolean whole = header.complete() && header.size() <= Limits.DEFAULT.headerSize();
        return whole && item.section().what() instanceof Section.Fields fields
                ? Optional.of(new BodyValue(item, Optional.of(cut(fields.pick(header), item.partial()))))
                : Optional.empty();
    }

    /**
     * Where a section of octets lies; for fields, the header that they are in. The row knows where the message's own header
     * ends: the parts need not be looked for.
     */
    static Optional<Range> range(Opened message, Section section) throws IOException {
        if (!section.path().isEmpty()) {
            return section.in(message.root());
        }
        long size = message.row().size();
        long header = Math.min(message.row().headerSize(), size);
        return Optional.of(
                switch (section.what()) {
                    case Section.Whole whole ->
                        switch (whole) {
                            case BODY -> new Range(0, size);
                            case HEADER, MIME -> new Range(0, header);
                            case TEXT -> new Range(header, size);
                        };
                    case Section.Fields fields -> new Range(0, header);
                });
    }

    /** As much of a header as fields are looked for in. */
    byte[] header(Message message, Range range) throws IOException {
        return whole(open(message, range.partial(0, Limits.DEFAULT.headerSize())));
    }

    BinaryValue binary(Opened message, FetchItem.Binary item) throws IOException {
        var found = part(message, item.path());
        if (found.isEmpty()) {
            return new BinaryValue(item, Optional.empty(), false);
        }
        var part = found.get();
        if (part.size() <= SMALL && !item.path().isEmpty()) {
            byte[] content = whole(open(message.row(), part, item.path()));
            boolean nul = Binary.measure(Octets.of(content).stream()).nul();
            return new BinaryValue(item, Optional.of(cut(content, item.partial())), nul);
        }
        var measure = measure(message.row(), part, item.path());
        var range = cut(new Range(0, measure.size()), item.partial());
        var content = open(message.row(), part, item.path());
        try {
            content.skipNBytes(range.from());
        } catch (IOException e) {
            content.close();
            throw e;
        }
        return new BinaryValue(item, Optional.of(new Octets(range.size(), content)), measure.nul());
    }

    /** 0 when there is no such part. */
    long binarySize(Opened message, List<Integer> path) throws IOException {
        var part = part(message, path);
        return part.isEmpty() ? 0 : measure(message.row(), part.get(), path).size();
    }

    private static Optional<Part> part(Opened message, List<Integer> path) throws IOException {
        var part = new Section(path, Section.Whole.BODY).part(message.root());
        if (part.isPresent() && !path.isEmpty() && !Binary.isDecodable(part.get())) {
            throw new UnknownEncoding();
        }
        return part;
    }

    private Binary.Measure measure(Message message, Part part, List<Integer> path) throws IOException {
        try (var content = open(message, part, path)) {
            return Binary.measure(content);
        }
    }

    /** A part's decoded content; the message itself has no encoding. */
    private InputStream open(Message message, Part part, List<Integer> path) throws IOException {
        return path.isEmpty()
                ? blobs.open(message.blob(), 0, message.size())
                : Binary.open(part, open(message, new Range(part.bodyStart(), part.bodyEnd())));
    }

    private static Range cut(Range range, Optional<FetchItem.Partial> partial) {
        return partial.map(cut -> range.partial(cut.origin(), cut.length())).orElse(range);
    }

    private static Octets cut(byte[] octets, Optional<FetchItem.Partial> partial) {
        var range = cut(new Range(0, octets.length), partial);
        return Octets.of(Arrays.copyOfRange(octets, (int) range.from(), (int) range.to()));
    }

    private Octets flow(Message message, Range range) throws IOException {
        var stream = open(message, range);
        if (range.size() > SMALL) {
            return new Octets(range.size(), stream);
        }
        byte[] octets = whole(stream);
        if (octets.length < range.size()) {
            throw new IOException("the blob ends " + (range.size() - octets.length) + " octets early");
        }
        return Octets.of(octets);
    }

    InputStream open(Message message, Range range) throws IOException {
        return range.size() == 0
                ? InputStream.nullInputStream()
                : blobs.open(message.blob(), range.from(), range.size());
    }

    private static byte[] whole(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }
}
