package org.merpati.lib.mime.view;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.HeaderField;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.StoredStructure;

/**
 * Which octets of a message IMAP means (RFC 9051 §6.4.5.1).
 *
 * @param path part numbers, each from 1; empty for the message itself
 */
public record Section(List<Integer> path, What what) {
    /** The message itself: {@code BODY[]}. */
    public static final Section MESSAGE = new Section(List.of(), Whole.BODY);

    /** What of the part that the path leads to. */
    public sealed interface What {}

    public enum Whole implements What {
        /** The message, or the part's body. */
        BODY,
        /** The part's own header. */
        MIME,
        /** The header of the message, or of the message inside the part. */
        HEADER,
        /** The body of the message, or of the message inside the part. */
        TEXT
    }

    /**
     * Fields of that header, or with {@code not} all others.
     *
     * @param names as the client wrote them
     */
    public record Fields(List<String> names, boolean not) implements What {
        public Fields {
            names = List.copyOf(names);
        }

        /** The fields among these octets of a header, in their order and as they stand, and the empty line. */
        public byte[] pick(byte[] octets) {
            return pick(Header.read(octets, octets.length));
        }

        /** The same of a header that was read. */
        public byte[] pick(Header header) {
            var out = new ByteArrayOutputStream(256);
            for (int i = 0; i < header.count(); i++) {
                var field = header.field(i);
                if (isNamed(field) != not) {
                    field.copyTo(out);
                }
            }
            out.writeBytes(LINE_END);
            return out.toByteArray();
        }

        private boolean isNamed(HeaderField field) {
            for (var name : names) {
                if (field.is(name)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether {@link #pick(Header)} finds all of them in a header that was stored with its message's structure. */
        public boolean areStored() {
            return !not && names.stream().allMatch(StoredStructure::keeps);
        }
    }

    /** Offsets in the message. */
    public record Range(long from, long to) {
        public long size() {
            return to - from;
        }

        /** At most {@code length} octets from the one at {@code origin}: none where the range is shorter. */
        public Range partial(long origin, long length) {
            long start = from + Math.min(origin, size());
            return new Range(start, start + Math.min(length, to - start));
        }
    }

    private static final byte[] LINE_END = {'\r', '\n'};

    public Section {
        path = List.copyOf(path);
        if (path.isEmpty() && what == Whole.MIME) {
            throw new IllegalArgumentException("MIME is of a part");
        }
    }

    /** The part that the path leads to; empty when there is none, and the root for an empty path. */
    public Optional<Part> part(Part root) {
        var parts = List.of(root);
        Optional<Part> found = Optional.of(root);
        boolean first = true;
        for (int number : path) {
            var outer = found.get();
            var message = first ? found : outer.message();
            parts = message.isPresent() ? partsOf(message.get()) : outer.parts();
            if (number < 1 || number > parts.size()) {
                return Optional.empty();
            }
            found = Optional.of(parts.get(number - 1));
            first = false;
        }
        return found;
    }

    /** A message that is no multipart is its own part 1. */
    private static List<Part> partsOf(Part root) {
        return root.isMultipart() ? root.parts() : List.of(root);
    }

    /** Where they are; of {@link Fields} the whole header. Empty when the message has no such part, or no message is in it. */
    public Optional<Range> in(Part root) {
        return part(root).flatMap(part -> switch (what) {
            case Whole whole ->
                switch (whole) {
                    case BODY -> Optional.of(path.isEmpty() ? message(part) : body(part));
                    case MIME -> Optional.of(header(part));
                    case HEADER -> messageAt(part).map(Section::header);
                    case TEXT -> messageAt(part).map(Section::body);
                };
            case Fields fields -> messageAt(part).map(Section::header);
        });
    }

    private Optional<Part> messageAt(Part part) {
        return path.isEmpty() ? Optional.of(part) : part.message();
    }

    private static Range message(Part root) {
        return new Range(root.header().start(), root.bodyEnd());
    }

    private static Range header(Part part) {
        return new Range(part.header().start(), part.bodyStart());
    }

    private static Range body(Part part) {
        return new Range(part.bodyStart(), part.bodyEnd());
    }

    /** As IMAP writes it, without the names of fields: {@code 1.2.MIME}. */
    @Override
    public String toString() {
        var out = new StringBuilder();
        for (int number : path) {
            out.append(out.isEmpty() ? "" : ".").append(number);
        }
        var name = switch (what) {
            case Whole whole -> whole == Whole.BODY ? "" : whole.name();
            case Fields fields -> fields.not() ? "HEADER.FIELDS.NOT" : "HEADER.FIELDS";
        };
        return out.append(out.isEmpty() || name.isEmpty() ? "" : ".")
                .append(name)
                .toString();
    }
}
