package org.merpati.lib.mime;

import java.io.IOException;
import org.merpati.lib.mime.Defect.Kind;
import org.merpati.lib.mime.bytes.Scan;

/**
 * Where the parser is in the octets, and how lines end there. Places are indices into the window's bytes; looking ahead may
 * move them, offsets stay.
 */
final class Cursor {
    private static final int LINE_END_LOOKED_FOR = 64 * 1024;

    /** A boundary has at most 70 characters (RFC 2046 §5.1.1); longer ones are read leniently, longer lines are none. */
    static final int LONGEST_BOUNDARY_LINE = 2048;

    final Window window;
    int at;

    /** Line ends passed so far. */
    long lines;

    private char lineEnd = '\n';

    Cursor(Window window) {
        this.window = window;
        this.at = (int) -window.base;
    }

    /** Sees how lines end: where there is no LF for long but a CR, lines are what CRs end. */
    void findLineEnd(Defects defects) throws IOException {
        while (window.limit - at < LINE_END_LOOKED_FOR && !window.ended()) {
            more(at);
        }
        int to = Math.min(window.limit, at + LINE_END_LOOKED_FOR);
        int lf = Scan.indexOf(window.bytes, at, to, '\n');
        int cr = lf < 0 ? Scan.indexOf(window.bytes, at, to, '\r') : -1;
        if (cr >= 0) {
            lineEnd = '\r';
            defects.add(Kind.BARE_CR, offset(cr));
        } else if (lf >= 0 && (lf == at || window.bytes[lf - 1] != '\r')) {
            defects.add(Kind.BARE_LF, offset(lf));
        }
    }

    long offset() {
        return window.base + at;
    }

    long offset(int place) {
        return window.base + place;
    }

    int place(long offset) {
        return (int) (offset - window.base);
    }

    /** Reads more octets and keeps those from {@code keep} on; returns by how much every place has become smaller. */
    int more(int keep) throws IOException {
        int moved = window.more(keep);
        at -= moved;
        return moved;
    }

    /** Place after the first line end in {@code [from, to)}, or -1. */
    int afterLineEnd(int from, int to) {
        int end = Scan.indexOf(window.bytes, from, to, lineEnd);
        return end < 0 ? -1 : end + 1;
    }

    /** Place after the line that begins here, or as far as a boundary's line could go. */
    int boundaryLine() throws IOException {
        while (true) {
            int to = Math.min(window.limit, at + LONGEST_BOUNDARY_LINE);
            int next = afterLineEnd(at, to);
            if (next >= 0 || window.ended() || to < window.limit) {
                return next >= 0 ? next : to;
            }
            more(Math.max(0, at - 2)); // of the line before its end is kept
        }
    }

    void advance(int next) {
        if (next > at && window.bytes[next - 1] == lineEnd) {
            lines++;
        }
        at = next;
    }

    /** Passes the rest of a line. False at the end of the octets. */
    boolean skipLine() throws IOException {
        int next = afterLineEnd(at, window.limit);
        while (next < 0) {
            at = window.limit;
            if (window.ended()) {
                return false;
            }
            more(Math.max(at - 2, 0));
            next = afterLineEnd(at, window.limit);
        }
        at = next;
        lines++;
        return true;
    }

    void skipToEnd() throws IOException {
        while (true) {
            lines += lineEnd == '\n' ? Scan.lines(window.bytes, at, window.limit) : countCr();
            at = window.limit;
            if (window.ended()) {
                return;
            }
            more(at);
        }
    }

    private long countCr() {
        long count = 0;
        for (int i = at; i < window.limit; i++) {
            count += window.bytes[i] == '\r' ? 1 : 0;
        }
        return count;
    }

    boolean startsWithDashes() throws IOException {
        if (window.limit - at < 2 && !window.ended()) {
            more(Math.max(0, at - 2));
        }
        return window.limit - at >= 2 && window.bytes[at] == '-' && window.bytes[at + 1] == '-';
    }

    boolean isEmptyLine(int from, int next) {
        byte[] bytes = window.bytes;
        int length = next - from;
        return bytes[next - 1] == lineEnd && (length == 1 || (length == 2 && bytes[from] == '\r' && lineEnd == '\n'));
    }

    boolean isEnded(int next) {
        return next > 0 && window.bytes[next - 1] == lineEnd;
    }

    /** The end of a line without its line end and trailing white space (RFC 2046 §5.1.1, transport-padding). */
    int trimmed(int from, int to) {
        int end = to;
        while (end > from && Scan.isSpace(window.bytes[end - 1])) {
            end--;
        }
        return end;
    }

    /** Where a body ends before the boundary's line that begins here: the line end before it belongs to the boundary. */
    int bodyEnd() {
        if (at == 0 || offset() == 0 || window.bytes[at - 1] != lineEnd) {
            return at;
        }
        boolean crlf = lineEnd == '\n' && at > 1 && offset() > 1 && window.bytes[at - 2] == '\r';
        return at - (crlf ? 2 : 1);
    }
}
