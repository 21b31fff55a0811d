package org.merpati.lib.mime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.DateTime;
import org.merpati.lib.mime.field.MessageIds;

/**
 * The header of a message or part: its fields located (RFC 5322 §2.2), their values decoded when asked for. Immutable as long
 * as the octets are.
 *
 * <p>The header ends with the first empty line, or, leniently, before lines that are no fields when no field comes after
 * them, before the boundary of a surrounding multipart, or where the octets end. Where a field may stand only once and does
 * not, the last one counts (RFC 8621 §4.1.2).
 */
public final class Header {
    final byte[] bytes;

    /** For each field where it begins, where its body begins, where it ends, counted from the header's first octet. */
    private final int[] places;

    private final int first;
    private final int size;
    private final long start;
    private final boolean complete;

    /**
     * @param first place of the header in the bytes
     * @param start offset of the header in the message
     */
    Header(byte[] bytes, int[] places, int first, int size, long start, boolean complete) {
        this.bytes = bytes;
        this.places = places;
        this.first = first;
        this.size = size;
        this.start = start;
        this.complete = complete;
    }

    /** Reads the header at the beginning of {@code bytes[0..length)}, which are not copied and must not change. */
    public static Header read(byte[] bytes, int length) {
        try {
            return read(Octets.of(bytes, 0, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array has no errors
        }
    }

    /** Reads the header alone of a message of any length; what comes behind it is hardly looked at. */
    public static Header read(Octets octets) throws IOException {
        if (octets instanceof Octets.InMemory all) {
            return new Parser(new Window(all), Limits.DEFAULT).headerOnly();
        }
        try (var in = octets.open(0, octets.size())) {
            return new Parser(new Window(in), Limits.DEFAULT).headerOnly();
        }
    }

    /** Offset in the message of the header's first octet. */
    public long start() {
        return start;
    }

    /** Octets up to and with the empty line. */
    public int size() {
        return size;
    }

    /** Whether the empty line was there. */
    public boolean complete() {
        return complete;
    }

    /** How many fields were located. */
    public int count() {
        return places.length / 3;
    }

    /** The field at that place in the order of the header, from 0. */
    public HeaderField field(int index) {
        return new HeaderField(this, index);
    }

    /** All fields in their order. */
    public List<HeaderField> fields() {
        var fields = new ArrayList<HeaderField>(count());
        for (int i = 0; i < count(); i++) {
            fields.add(field(i));
        }
        return fields;
    }

    /** All fields of that name in their order, without regard to case. */
    public List<HeaderField> all(String name) {
        var fields = new ArrayList<HeaderField>();
        for (int i = 0; i < count(); i++) {
            if (is(i, name)) {
                fields.add(field(i));
            }
        }
        return fields;
    }

    /** The first field of that name, without regard to case. */
    public Optional<HeaderField> first(String name) {
        for (int i = 0; i < count(); i++) {
            if (is(i, name)) {
                return Optional.of(field(i));
            }
        }
        return Optional.empty();
    }

    /** The last field of that name, without regard to case. */
    public Optional<HeaderField> last(String name) {
        for (int i = count() - 1; i >= 0; i--) {
            if (is(i, name)) {
                return Optional.of(field(i));
            }
        }
        return Optional.empty();
    }

    /** The text of the last field of that name ({@link HeaderField#text}). */
    public Optional<String> text(String name) {
        return last(name).map(HeaderField::text);
    }

    /** The addresses of the last field of that name; none when there is no such field. */
    public List<Address> addresses(String name) {
        return last(name).map(field -> Address.parse(field.raw())).orElse(List.of());
    }

    /** The message ids of the last field of that name, without angle brackets. */
    public List<String> ids(String name) {
        return last(name).map(field -> MessageIds.parse(field.raw())).orElse(List.of());
    }

    /** The date of the last field of that name; empty also when nothing can be made of it. */
    public Optional<OffsetDateTime> date(String name) {
        return last(name).flatMap(field -> DateTime.parse(field.raw()));
    }

    int fieldStart(int index) {
        return first + places[3 * index];
    }

    int bodyStart(int index) {
        return first + places[3 * index + 1];
    }

    int fieldEnd(int index) {
        return first + places[3 * index + 2];
    }

    /** Where the field's name ends: before the colon and the white space that old mail has there (RFC 5322 §4.5). */
    int nameEnd(int index) {
        int at = bodyStart(index) - 1;
        int from = fieldStart(index);
        while (at > from && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) {
            at--;
        }
        return at;
    }

    boolean is(int index, String name) {
        int from = fieldStart(index);
        if (bodyStart(index) - 1 - from < name.length() || nameEnd(index) - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80 || lower(bytes[from + i]) != lower((byte) c)) {
                return false;
            }
        }
        return true;
    }

    int offset(int place) {
        return place - first;
    }

    int place(int offset) {
        return first + offset;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }
}
