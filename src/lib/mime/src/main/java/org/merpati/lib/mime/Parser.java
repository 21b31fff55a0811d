package org.merpati.lib.mime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.Defect.Kind;
import org.merpati.lib.mime.field.ContentType;

/**
 * Reads a message in one pass over its lines (RFC 5322 §2, RFC 2046 §5.1): headers are located, bodies are skipped to the next
 * boundary of any multipart that is open. For one message, one thread.
 */
final class Parser {
    /** A boundary has at most 70 characters (RFC 2046 §5.1.1); longer ones are read leniently, longer lines are none. */
    private static final int LONGEST_BOUNDARY_LINE = 2048;

    private static final int LINE_END_LOOKED_FOR = 64 * 1024;
    private static final int LOOKED_AHEAD = 16 * 1024;
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    /** A multipart, or a message inside, that is still open. */
    private static final class Frame {
        final Part part;
        final byte @Nullable [] boundary;
        final long linesBefore;
        boolean closed;

        Frame(Part part, byte @Nullable [] boundary, long linesBefore) {
            this.part = part;
            this.boundary = boundary;
            this.linesBefore = linesBefore;
        }

        boolean matches(byte[] bytes, int from, int to) {
            return boundary != null && !closed && Arrays.equals(bytes, from, to, boundary, 0, boundary.length);
        }
    }

    private final Window window;
    private final Limits limits;
    private final List<Defect> defects = new ArrayList<>(0);
    private final List<Frame> open = new ArrayList<>();
    private final Fields fields = new Fields();
    private char lineEnd = '\n';
    private int at;
    private long lines;
    private int parts;
    private int boundaries;
    private boolean full;

    /** Offset of a field that stands further down in the header, when lines that are none were met. */
    private long fieldAhead;

    Parser(Window window, Limits limits) {
        this.window = window;
        this.limits = limits;
        this.at = (int) -window.base;
    }

    List<Defect> defects() {
        return defects;
    }

    Header headerOnly() {
        try {
            begin();
            return header();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // only arrays are read so
        }
    }

    Part parse() throws IOException {
        begin();
        var root = entity(null, 0, ContentType.TEXT_PLAIN);
        while (toBoundary()) {
            var frame = open.getLast();
            if (!frame.closed) {
                boolean digest = frame.part.contentType().is("multipart", "digest");
                var type = digest ? ContentType.MESSAGE : ContentType.TEXT_PLAIN;
                entity(frame.part, frame.part.parts().size() + 1, type);
            }
        }
        return root;
    }

    /** Sees how lines end: where there is no LF for long but a CR, lines are what CRs end. */
    private void begin() throws IOException {
        while (window.limit - at < LINE_END_LOOKED_FOR && !window.ended()) {
            at -= window.more(at);
        }
        int to = Math.min(window.limit, at + LINE_END_LOOKED_FOR);
        int lf = Scan.indexOf(window.bytes, at, to, '\n');
        if (lf < 0) {
            int cr = Scan.indexOf(window.bytes, at, to, '\r');
            if (cr >= 0) {
                lineEnd = '\r';
                defect(Kind.BARE_CR, cr);
            }
        } else if (lf == at || window.bytes[lf - 1] != '\r') {
            defect(Kind.BARE_LF, lf);
        }
    }

    /** Reads a header and opens what it announces; the lines of a message inside are its header's. Returns the part. */
    private Part entity(@Nullable Part parent, int number, ContentType standard) throws IOException {
        var header = header();
        var part = Part.of(header, standard, parent, number);
        var type = part.contentType();
        var encoding = part.encoding();
        boolean multipart = type.type().equals("multipart");
        boolean message = type.is("message", "rfc822") || type.is("message", "global");
        if (encoding == TransferEncoding.UNKNOWN) {
            defect(Kind.UNKNOWN_ENCODING, at);
        } else if (encoding != TransferEncoding.IDENTITY && (multipart || message)) {
            defect(Kind.ENCODED_COMPOSITE, at);
        }
        parts++;
        if (parent != null) {
            if (number > 0) {
                parent.add(part);
            } else {
                parent.contains(part);
            }
        }
        byte[] boundary = multipart ? boundary(type) : null;
        boolean opens = boundary != null || (message && encoding == TransferEncoding.IDENTITY);
        if (multipart && boundary == null) {
            defect(Kind.MISSING_BOUNDARY, at);
        } else if (opens && open.size() >= limits.depth()) {
            defect(Kind.TOO_DEEP, at);
            opens = false;
        }
        open.add(new Frame(part, opens ? boundary : null, lines));
        if (opens && multipart) {
            boundaries++;
        } else if (opens) {
            entity(part, 0, ContentType.TEXT_PLAIN);
        }
        return part;
    }

    private static byte @Nullable [] boundary(ContentType type) {
        var boundary = type.parameters().get("boundary").orElse("").stripTrailing();
        return boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY_LINE - 8
                ? null
                : boundary.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Skips to after the next boundary line of an open multipart and closes what was open inside that multipart, which then is
     * the last one open. False at the end of the octets, when all is closed.
     */
    private boolean toBoundary() throws IOException {
        while (boundaries > 0 && !full) {
            if (isBoundary()) {
                return true;
            }
            int end = Scan.indexOf(window.bytes, at, window.limit, lineEnd);
            while (end < 0) {
                if (window.ended()) {
                    at = window.limit;
                    closeAll();
                    return false;
                }
                int seen = window.limit;
                int moved = window.more(Math.max(window.limit - 2, 0));
                at = seen - moved;
                end = Scan.indexOf(window.bytes, at, window.limit, lineEnd);
            }
            at = end + 1;
            lines++;
        }
        skipToEnd();
        closeAll();
        return false;
    }

    private void skipToEnd() throws IOException {
        while (true) {
            lines += lineEnd == '\n' ? Scan.lines(window.bytes, at, window.limit) : countCr();
            at = window.limit;
            if (window.ended()) {
                return;
            }
            at -= window.more(at);
        }
    }

    private long countCr() {
        long count = 0;
        for (int i = at; i < window.limit; i++) {
            count += window.bytes[i] == '\r' ? 1 : 0;
        }
        return count;
    }

    /** Whether a boundary line of an open multipart stands here; then it is passed and what it ends is closed. */
    private boolean isBoundary() throws IOException {
        if (!startsWithDashes()) {
            return false;
        }
        int next = lineAhead();
        int frame = matching(at + 2, trimmed(at + 2, next));
        if (frame < 0) {
            return false;
        }
        boolean closing = !open.get(frame).matches(window.bytes, at + 2, trimmed(at + 2, next));
        if (!closing && parts >= limits.parts()) {
            defect(Kind.TOO_MANY_PARTS, at);
            full = true;
            return false;
        }
        long end = window.base + bodyEndBefore(at);
        long linesThere = lines - (end < window.base + at ? 1 : 0);
        while (open.size() - 1 > frame) {
            end = close(end, linesThere);
        }
        if (closing) {
            open.getLast().closed = true;
            boundaries--;
        }
        advance(next);
        return true;
    }

    /** Whether that line is a boundary of an open multipart. */
    private boolean isBoundaryLine(int from, int next) {
        return boundaries > 0
                && next - from > 2
                && window.bytes[from] == '-'
                && window.bytes[from + 1] == '-'
                && matching(from + 2, trimmed(from + 2, next)) >= 0;
    }

    private boolean startsWithDashes() throws IOException {
        if (window.limit - at < 2 && !window.ended()) {
            int keep = Math.max(0, at - 2);
            at -= window.more(keep);
        }
        return window.limit - at >= 2 && window.bytes[at] == '-' && window.bytes[at + 1] == '-';
    }

    /** Place after the line that begins here, or as far as a boundary's line could go. */
    private int lineAhead() throws IOException {
        while (true) {
            int to = Math.min(window.limit, at + LONGEST_BOUNDARY_LINE);
            int end = Scan.indexOf(window.bytes, at, to, lineEnd);
            if (end >= 0) {
                return end + 1;
            }
            if (window.ended() || to < window.limit) {
                return to;
            }
            at -= window.more(Math.max(0, at - 2));
        }
    }

    /** The end of a line without its line end and trailing white space (RFC 2046 §5.1.1, transport-padding). */
    private int trimmed(int from, int to) {
        int end = to;
        while (end > from && isSpace(window.bytes[end - 1])) {
            end--;
        }
        return end;
    }

    /** Index of the innermost open multipart that these octets are the boundary or the closing boundary of, or -1. */
    private int matching(int from, int to) {
        boolean dashes = to - from > 2 && window.bytes[to - 1] == '-' && window.bytes[to - 2] == '-';
        for (int i = open.size() - 1; i >= 0; i--) {
            var frame = open.get(i);
            if (frame.matches(window.bytes, from, to) || (dashes && frame.matches(window.bytes, from, to - 2))) {
                return i;
            }
        }
        return -1;
    }

    /** Where a body ends before the boundary's line that begins there: the line end before it belongs to the boundary. */
    private int bodyEndBefore(int line) {
        if (line == 0 || window.base + line == 0 || window.bytes[line - 1] != lineEnd) {
            return line;
        }
        boolean crlf = lineEnd == '\n' && line > 1 && window.base + line > 1 && window.bytes[line - 2] == '\r';
        return line - (crlf ? 2 : 1);
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            close(window.base + at, lines);
        }
    }

    /**
     * Closes what was opened last. Returns where it ends: later than told when the line end before the boundary was needed to
     * end its header.
     */
    private long close(long end, long linesThere) {
        var frame = open.removeLast();
        frame.part.ends(end, linesThere - frame.linesBefore);
        if (frame.boundary != null && !frame.closed) {
            boundaries--;
            var kind = frame.part.isMultipart() ? Kind.MISSING_CLOSE_DELIMITER : Kind.BOUNDARY_NOT_FOUND;
            defects.add(new Defect(kind, end));
        }
        return frame.part.bodyEnd();
    }

    /** Reads a header and goes to where the body begins. */
    private Header header() throws IOException {
        long origin = window.base + at;
        fields.clear();
        int next = headerLine(origin);
        while (next > at && !isEmptyLine(at, next)) {
            long after = window.base + next;
            boolean taken = takes(origin, next);
            next = (int) (after - window.base); // looking ahead may have moved the window
            if (!taken) {
                break;
            }
            advance(next);
            next = headerLine(origin);
        }
        boolean moves = window.moves();
        int first = (int) (origin - window.base);
        var bytes = moves ? Arrays.copyOfRange(window.bytes, first, at) : window.bytes;
        boolean complete = next > at && isEmptyLine(at, next);
        int size = since(origin);
        if (next < 0) {
            fields.end(size);
            defect(Kind.HEADER_TOO_LARGE, at);
            complete = skipHeader();
            size = since(origin);
        } else if (complete) {
            fields.end(size);
            advance(next);
            size = since(origin);
        } else if (next == at || isBoundaryLine(at, next)) {
            defect(Kind.HEADER_CUT_OFF, at);
            size = next == at ? size : Math.max(0, bodyEndBefore(at) - first); // the line end is the boundary's
            fields.end(size);
        } else {
            fields.end(size);
        }
        return new Header(bytes, fields.places(), moves ? 0 : first, size, origin, complete);
    }

    /** Takes a line into the header: false when it is none of the header's and the body begins with it. */
    private boolean takes(long origin, int next) throws IOException {
        byte octet = window.bytes[at];
        if (octet == ' ' || octet == '\t') {
            if (fields.isEmpty()) {
                defect(Kind.LEADING_CONTINUATION, at);
            }
            return true;
        }
        if (isBoundaryLine(at, next)) { // it may have a colon
            return false;
        }
        int colon = colon(at, next);
        boolean fieldless = colon < 0 && window.base + at >= fieldAhead && !isFromLine();
        if (fieldless && (startsWithDashes() || !fieldComes(origin, next))) {
            defect(Kind.MISSING_BLANK_LINE, at);
            return false;
        }
        fields.end(since(origin));
        if (colon < 0) {
            defect(isFromLine() ? Kind.FROM_LINE : Kind.LINE_WITHOUT_COLON, at);
        } else if (colon > at) {
            fields.begin(since(origin), since(origin) + colon + 1 - at);
        }
        return true;
    }

    /**
     * Whether a field comes before the next empty line: then what is before it is rubbish in a header, and else the header
     * has ended without an empty line. Remembers where it is, so that no line is looked at twice.
     */
    private boolean fieldComes(long origin, int from) throws IOException {
        long start = window.base + from;
        long line = start;
        while (true) {
            int place = (int) (line - window.base);
            int end = Scan.indexOf(window.bytes, place, window.limit, lineEnd);
            if (end < 0 && !window.ended() && line - start < LOOKED_AHEAD) {
                at -= window.more((int) (origin - window.base));
                continue;
            }
            int next = end < 0 ? window.limit : end + 1;
            if (next == place
                    || isEmptyLine(place, next)
                    || isBoundaryLine(place, next)
                    || line - start >= LOOKED_AHEAD) {
                return false;
            }
            int colon = colon(place, next);
            if (colon > place
                    && window.bytes[colon - 1] > ' '
                    && (colon + 1 == next || window.bytes[colon + 1] != '/')) {
                fieldAhead = line;
                return true;
            }
            line = window.base + next;
        }
    }

    /**
     * Place after the line of the header that begins here; here at the end of the octets, and -1 when the limits of a header
     * are reached.
     */
    private int headerLine(long origin) throws IOException {
        int seen = at;
        while (true) {
            int end = Scan.indexOf(window.bytes, seen, window.limit, lineEnd);
            int next = end < 0 ? window.limit : end + 1;
            if (window.base + next - origin > limits.headerSize() || fields.count() >= limits.headerFields()) {
                return -1;
            }
            if (end >= 0 || window.ended()) {
                return next;
            }
            int moved = window.more((int) (origin - window.base));
            at -= moved;
            seen = next - moved;
        }
    }

    /** Passes over the rest of a header without keeping it. Returns whether its empty line came. */
    private boolean skipHeader() throws IOException {
        while (true) {
            int next = lineAhead();
            if (next == at || isBoundaryLine(at, next)) {
                return false;
            }
            boolean empty = isEmptyLine(at, next);
            advance(next);
            while (!empty && window.bytes[at - 1] != lineEnd && at < window.limit) {
                advance(lineAhead());
            }
            if (empty) {
                return true;
            }
        }
    }

    private void advance(int next) {
        if (next > at && window.bytes[next - 1] == lineEnd) {
            lines++;
        }
        at = next;
    }

    private int since(long origin) {
        return (int) (window.base + at - origin);
    }

    private boolean isEmptyLine(int from, int next) {
        byte[] bytes = window.bytes;
        int length = next - from;
        return bytes[next - 1] == lineEnd && (length == 1 || (length == 2 && bytes[from] == '\r' && lineEnd == '\n'));
    }

    /** A mailbox file's separator, as it is or quoted once more, that came along with the message (RFC 4155). */
    private boolean isFromLine() {
        int from = window.bytes[at] == '>' ? at + 1 : at;
        return window.limit - from >= FROM.length
                && Arrays.equals(window.bytes, from, from + FROM.length, FROM, 0, FROM.length);
    }

    /** The colon that ends a field name (RFC 5322 §2.2, with the obsolete space before it), or -1. */
    private int colon(int from, int end) {
        byte[] bytes = window.bytes;
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

    /** Where the fields of one header stand, counted from its first octet. */
    private static final class Fields {
        private int[] places = new int[3 * 32];
        private int count;
        private boolean open;

        void clear() {
            count = 0;
            open = false;
        }

        boolean isEmpty() {
            return count() == 0;
        }

        int count() {
            return open ? count + 1 : count;
        }

        void begin(int start, int bodyStart) {
            if (3 * count + 3 > places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[3 * count] = start;
            places[3 * count + 1] = bodyStart;
            open = true;
        }

        void end(int place) {
            if (open) {
                places[3 * count + 2] = place;
                count++;
                open = false;
            }
        }

        int[] places() {
            return Arrays.copyOf(places, 3 * count);
        }
    }

    private void defect(Kind kind, int place) {
        defects.add(new Defect(kind, window.base + place));
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }
}
