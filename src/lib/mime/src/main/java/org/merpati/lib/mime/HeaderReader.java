package org.merpati.lib.mime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.Defect.Kind;

/** Reads the headers of a message: locates fields (RFC 5322 §2.2), and tells header from body where no empty line does. */
final class HeaderReader {
    private static final int LOOKED_AHEAD = 16 * 1024;
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private final Cursor cursor;
    private final OpenParts open;
    private final Defects defects;
    private final Limits limits;
    private final FieldPlaces fields = new FieldPlaces();
    /** Octets that headers may still have. */
    private long left;

    /** Offset of the header. */
    private long origin;

    /** Offset of a field that stands further down, when lines that are none were met. */
    private long fieldAhead;

    HeaderReader(Cursor cursor, OpenParts open, Defects defects, Limits limits) {
        this.cursor = cursor;
        this.open = open;
        this.defects = defects;
        this.limits = limits;
        this.left = limits.headerSize();
    }

    /** Reads the header that begins here and goes to where the body begins. */
    Header read() throws IOException {
        origin = cursor.offset();
        fields.clear();
        int next = line();
        while (next > cursor.at && !cursor.isEmptyLine(cursor.at, next)) {
            long after = cursor.offset(next);
            boolean taken = takes(next);
            next = cursor.place(after); // looking ahead may have moved the window
            if (!taken) {
                break;
            }
            cursor.advance(next);
            next = line();
        }
        return next < 0 ? cut() : ended(next);
    }

    /** The header that ends with the line from here to {@code next}, or before it. */
    private Header ended(int next) {
        var bytes = kept();
        boolean complete = next > cursor.at && cursor.isEmptyLine(cursor.at, next);
        int end = size();
        if (next == cursor.at) {
            defects.add(Kind.HEADER_CUT_OFF, cursor.offset());
        } else if (open.matching(cursor.at, next) >= 0) {
            defects.add(Kind.HEADER_CUT_OFF, cursor.offset());
            end = (int) Math.max(0, cursor.offset(cursor.bodyEnd()) - origin); // the line end is the boundary's
        }
        fields.end(end);
        if (complete) {
            cursor.advance(next);
            end = size();
        }
        return header(bytes, end, complete);
    }

    /** The header that is too large: its fields so far, and all of its size. */
    private Header cut() throws IOException {
        var bytes = kept();
        fields.end(size());
        defects.add(Kind.HEADER_TOO_LARGE, cursor.offset());
        boolean complete = skip();
        return header(bytes, size(), complete);
    }

    /** The octets up to here; null when the window's are there to stay. */
    private byte @Nullable [] kept() {
        left -= size();
        var window = cursor.window;
        return window.moves() ? Arrays.copyOfRange(window.bytes, cursor.place(origin), cursor.at) : null;
    }

    private Header header(byte @Nullable [] kept, int size, boolean complete) {
        return kept == null
                ? new Header(cursor.window.bytes, fields.places(), cursor.place(origin), size, origin, complete)
                : new Header(kept, fields.places(), 0, size, origin, complete);
    }

    private int size() {
        return (int) (cursor.offset() - origin);
    }

    /** Takes a line into the header: false when it is none of the header's and the body begins with it. */
    private boolean takes(int next) throws IOException {
        byte octet = cursor.window.bytes[cursor.at];
        if (octet == ' ' || octet == '\t') {
            if (fields.count() == 0) {
                defects.add(Kind.LEADING_CONTINUATION, cursor.offset());
            }
            return true;
        }
        if (open.matching(cursor.at, next) >= 0) { // it may have a colon
            return false;
        }
        int colon = colon(cursor.at, next);
        boolean fieldless = colon < 0 && cursor.offset() >= fieldAhead && !isFromLine();
        if (fieldless && (cursor.startsWithDashes() || !fieldComes(next))) {
            defects.add(Kind.MISSING_BLANK_LINE, cursor.offset());
            return false;
        }
        fields.end(size());
        if (colon < 0) {
            defects.add(isFromLine() ? Kind.FROM_LINE : Kind.LINE_WITHOUT_COLON, cursor.offset());
        } else if (colon > cursor.at) {
            fields.begin(size(), size() + colon + 1 - cursor.at);
        }
        return true;
    }

    /**
     * Whether a field comes before the next empty line: then what is before it is rubbish in a header, and else the header
     * has ended without an empty line. Remembers where it is, so that no line is looked at twice.
     */
    private boolean fieldComes(int from) throws IOException {
        var window = cursor.window;
        long end = cursor.offset(from) + LOOKED_AHEAD;
        long line = cursor.offset(from);
        while (cursor.offset(window.limit) < end && !window.ended()) {
            cursor.more(cursor.place(origin));
        }
        int to = (int) Math.min(window.limit, end - window.base);
        int place = cursor.place(line);
        while (place < to) {
            int next = cursor.afterLineEnd(place, to);
            if (next < 0 || cursor.isEmptyLine(place, next) || open.matching(place, next) >= 0) {
                return false;
            }
            int colon = colon(place, next);
            if (colon > place && window.bytes[colon - 1] > ' ' && window.bytes[colon + 1] != '/') {
                fieldAhead = cursor.offset(place);
                return true;
            }
            place = next;
        }
        return false;
    }

    /** Place after the line that begins here; here at the end of the octets, and -1 when the limits are reached. */
    private int line() throws IOException {
        var window = cursor.window;
        int seen = cursor.at;
        while (true) {
            int end = cursor.afterLineEnd(seen, window.limit);
            int next = end < 0 ? window.limit : end;
            long size = cursor.offset(next) - origin;
            if (size > left || fields.count() >= limits.headerFields()) {
                return -1;
            }
            if (end >= 0 || window.ended()) {
                return next;
            }
            seen = next - cursor.more(cursor.place(origin));
        }
    }

    /** Passes over the rest of a header without keeping it. Returns whether its empty line came. */
    private boolean skip() throws IOException {
        while (true) {
            int next = cursor.boundaryLine();
            if (next == cursor.at || open.matching(cursor.at, next) >= 0) {
                return false;
            }
            boolean empty = cursor.isEmptyLine(cursor.at, next);
            cursor.advance(next);
            if (!cursor.isEnded(next)) {
                cursor.skipLine();
            }
            if (empty) {
                return true;
            }
        }
    }

    /** A mailbox file's separator, as it is or quoted once more, that came along with the message (RFC 4155). */
    private boolean isFromLine() {
        var window = cursor.window;
        int from = window.bytes[cursor.at] == '>' ? cursor.at + 1 : cursor.at;
        return window.limit - from >= FROM.length
                && Arrays.equals(window.bytes, from, from + FROM.length, FROM, 0, FROM.length);
    }

    /** The colon that ends a field name (RFC 5322 §2.2, with the obsolete space before it), or -1. */
    private int colon(int from, int end) {
        byte[] bytes = cursor.window.bytes;
        boolean space = false;
        for (int i = from; i < end; i++) {
            int c = bytes[i];
            if (c == ':') {
                return i;
            }
            if (c == ' ' || c == '\t') {
                space = true;
            } else if (space || (c >= 0 && c <= 0x20) || c == 0x7f) {
                return -1;
            }
        }
        return -1;
    }
}
