package org.merpati.lib.mime;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.field.ContentType;

/**
 * The parts of a message in a compact form to be stored beside it, so that it need not be read again: the places of all parts,
 * the Content fields of each, and of each message the fields of its envelope. The header of a part that was stored holds just
 * these fields; {@link Header#start} and {@link Header#size} still tell where all of them are.
 */
public final class StoredStructure {
    private static final int VERSION = 1;
    private static final int COMPLETE = 1;
    private static final int MESSAGE = 2;
    private static final int DIGEST_DEFAULT = 4;
    private static final String CONTENT = "content-";

    /** RFC 9051 §7.5.2, RFC 8621 §4.1.3, and what threads and lists are told by. */
    private static final Set<String> ENVELOPE = caseless(
            "Date",
            "Subject",
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Cc",
            "Bcc",
            "In-Reply-To",
            "Message-ID",
            "References",
            "List-Id");

    /** Of a message that is read anew each time. */
    public static final StoredStructure NONE = new StoredStructure(new byte[0]);

    private final byte[] octets;

    private StoredStructure(byte[] octets) {
        this.octets = octets;
    }

    /** Whether of a message's own header all fields of that name are kept. */
    public static boolean keeps(String name) {
        return isContent(name) || ENVELOPE.contains(name);
    }

    private static boolean isContent(String name) {
        return name.regionMatches(true, 0, CONTENT, 0, CONTENT.length());
    }

    /** The structure below that root, or {@link #NONE} when it would take more than {@code most} octets. */
    public static StoredStructure of(Part root, int most) {
        var out = new Out();
        out.put(VERSION);
        write(root, out, most);
        return out.size() > most ? NONE : new StoredStructure(out.toByteArray());
    }

    /** What {@link #octets} gave. They are not copied and must not change. */
    public static StoredStructure of(byte[] octets) {
        return octets.length == 0 ? NONE : new StoredStructure(octets);
    }

    /** As they are to be stored; the caller must not change them. */
    public byte[] octets() {
        return octets;
    }

    /**
     * The root as it was, decoded anew at each call. Empty when the message has to be read: nothing was stored, or by a version
     * this one does not know, or what was stored is damaged.
     */
    public Optional<Part> root() {
        if (octets.length == 0 || octets[0] != VERSION) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(new In(octets), null, 0));
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** The root's header alone, which is cheaper. Empty when {@link #root} is. */
    public Optional<Header> header() {
        if (octets.length == 0 || octets[0] != VERSION) {
            return Optional.empty();
        }
        try {
            return Optional.of(Node.read(new In(octets)).header());
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredStructure structure && Arrays.equals(octets, structure.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "StoredStructure[" + octets.length + " octets]";
    }

    private static void write(Part part, Out out, int most) {
        if (out.size() > most) {
            return;
        }
        var header = part.header();
        boolean digest =
                header.last("Content-Type").isEmpty() && part.contentType().equals(ContentType.MESSAGE);
        out.put((header.complete() ? COMPLETE : 0)
                | (part.message().isPresent() ? MESSAGE : 0)
                | (digest ? DIGEST_DEFAULT : 0));
        out.number(header.start());
        out.number(header.size());
        out.number(part.size());
        out.number(part.lines());
        boolean envelope = part.isMessageRoot();
        var kept = new ArrayList<HeaderField>();
        for (var field : header.fields()) {
            var name = field.name();
            if (isContent(name) || (envelope && ENVELOPE.contains(name))) {
                kept.add(field);
            }
        }
        out.number(kept.size());
        for (var field : kept) {
            out.number(field.bodyStart() - field.start());
            out.number(field.end() - field.start());
            out.write(header.bytes, header.place(field.start()), field.end() - field.start());
        }
        out.number(part.parts().size());
        for (var child : part.parts()) {
            write(child, out, most);
        }
        part.message().ifPresent(message -> write(message, out, most));
    }

    /** What is stored of one part, without those inside. */
    private record Node(int flags, Header header, long bodySize, long lines) {
        static Node read(In in) {
            int flags = in.octet();
            long start = in.number();
            int size = in.small();
            long bodySize = in.number();
            long lines = in.number();
            int[] places = new int[3 * in.count()];
            for (int i = 0; i < places.length; i += 3) {
                int bodyStart = in.small();
                int length = in.small();
                places[i] = in.skip(length);
                places[i + 1] = places[i] + bodyStart;
                places[i + 2] = places[i] + length;
            }
            var header = new Header(in.bytes, places, 0, size, start, (flags & COMPLETE) != 0);
            return new Node(flags, header, bodySize, lines);
        }
    }

    private static Part read(In in, @Nullable Part parent, int number) {
        var node = Node.read(in);
        var standard = (node.flags & DIGEST_DEFAULT) != 0 ? ContentType.MESSAGE : ContentType.TEXT_PLAIN;
        var part = Part.of(node.header, standard, parent, number);
        part.ends(part.bodyStart() + node.bodySize, node.lines);
        int children = in.count();
        for (int i = 1; i <= children; i++) {
            part.add(read(in, part, i));
        }
        if ((node.flags & MESSAGE) != 0) {
            part.contains(read(in, part, 0));
        }
        return part;
    }

    private static Set<String> caseless(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }

    /** Numbers of seven bits an octet, the lowest first. */
    private static final class Out extends ByteArrayOutputStream {
        void put(int octet) {
            write(octet);
        }

        void number(long number) {
            long rest = number;
            while (rest > 0x7f) {
                write((int) (rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            write((int) rest);
        }
    }

    private static final class In {
        final byte[] bytes;
        private int at = 1; // after the version

        In(byte[] bytes) {
            this.bytes = bytes;
        }

        int octet() {
            return bytes[at++] & 0xff;
        }

        long number() {
            long number = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                int octet = octet();
                number |= (long) (octet & 0x7f) << shift;
                if (octet < 0x80) {
                    return number;
                }
            }
            throw new IndexOutOfBoundsException("a number without end");
        }

        /** A number that counts something of these octets or of one header. */
        int small() {
            long number = number();
            if (number > Integer.MAX_VALUE) {
                throw new IndexOutOfBoundsException("too large: " + number);
            }
            return (int) number;
        }

        /** How many of something come, each of which takes octets. */
        int count() {
            int count = small();
            if (count > bytes.length - at) {
                throw new IndexOutOfBoundsException("octets missing");
            }
            return count;
        }

        /** Passes over octets and returns where they begin. */
        int skip(int length) {
            int from = at;
            if (length > bytes.length - at) {
                throw new IndexOutOfBoundsException("octets missing");
            }
            at += length;
            return from;
        }
    }
}
