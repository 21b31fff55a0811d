package org.merpati.lib.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.mime.charset.Charsets;
import org.merpati.lib.mime.field.Unstructured;

/**
 * A message's header: its fields located in the given bytes (RFC 5322 §2.2), values decoded when asked for.
 *
 * <p>The header ends with the first empty line, or, leniently, where the bytes end. Lines end with CRLF or LF. A line
 * that is no field and no continuation is passed over.
 */
public final class Header {
    private final byte[] bytes;
    private final List<HeaderField> fields;
    private final int size;
    private final boolean complete;

    private Header(byte[] bytes, List<HeaderField> fields, int size, boolean complete) {
        this.bytes = bytes;
        this.fields = List.copyOf(fields);
        this.size = size;
        this.complete = complete;
    }

    /** Reads the header at the beginning of {@code bytes[0..length)}, which are not copied and must not change. */
    public static Header read(byte[] bytes, int length) {
        var fields = new ArrayList<HeaderField>();
        int at = 0;
        int open = -1; // the field that a continuation line would belong to
        int bodyStart = 0;
        String name = "";
        while (at < length) {
            int next = lineEnd(bytes, at, length);
            boolean empty = isEmptyLine(bytes, at, next);
            boolean continuation = !empty && open >= 0 && (bytes[at] == ' ' || bytes[at] == '\t');
            if (!continuation) {
                if (open >= 0) {
                    fields.add(new HeaderField(name, open, bodyStart, at));
                    open = -1;
                }
                if (empty) {
                    return new Header(bytes, fields, next, true);
                }
                int colon = colon(bytes, at, next);
                if (colon > at) {
                    open = at;
                    bodyStart = colon + 1;
                    name = new String(bytes, at, colon - at, StandardCharsets.ISO_8859_1).stripTrailing();
                }
            }
            at = next;
        }
        if (open >= 0) {
            fields.add(new HeaderField(name, open, bodyStart, at));
        }
        return new Header(bytes, fields, length, false);
    }

    /** Octets up to and with the empty line that ends the header. */
    public int size() {
        return size;
    }

    /** Whether the empty line was there. */
    public boolean complete() {
        return complete;
    }

    public List<HeaderField> fields() {
        return fields;
    }

    /** The first field of that name, without regard to case. */
    public Optional<HeaderField> first(String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst();
    }

    /** A field's body unfolded and with its encoded words decoded (RFC 5322 §2.2.3, RFC 2047), without space at its ends. */
    public String text(HeaderField field) {
        return Unstructured.decode(raw(field));
    }

    /** A field's body as it stands, folds and all; bytes that are no ASCII are guessed at. */
    public String raw(HeaderField field) {
        return Charsets.guess(bytes, field.bodyStart(), field.end());
    }

    private static int lineEnd(byte[] bytes, int from, int length) {
        for (int at = from; at < length; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return length;
    }

    private static boolean isEmptyLine(byte[] bytes, int from, int end) {
        int length = end - from;
        return (length == 1 && bytes[from] == '\n') || (length == 2 && bytes[from] == '\r' && bytes[from + 1] == '\n');
    }

    /** The colon that ends a field name (RFC 5322 §2.2, with the obsolete space before it), or -1. */
    private static int colon(byte[] bytes, int from, int end) {
        boolean space = false;
        for (int at = from; at < end; at++) {
            int c = bytes[at];
            if (c == ':') {
                return at;
            }
            if (c == ' ' || c == '\t') {
                space = true;
            } else if (space || c <= 0x20 || c == 0x7f) {
                return -1;
            }
        }
        return -1;
    }
}
