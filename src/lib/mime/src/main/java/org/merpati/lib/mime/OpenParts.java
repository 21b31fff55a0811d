package org.merpati.lib.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.Defect.Kind;

/** The parts whose end has not come yet, each inside the one before, and the boundaries that their multiparts wait for. */
final class OpenParts {
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

    private final Cursor cursor;
    private final Defects defects;
    private final List<Frame> frames = new ArrayList<>();
    private int boundaries;

    OpenParts(Cursor cursor, Defects defects) {
        this.cursor = cursor;
        this.defects = defects;
    }

    int depth() {
        return frames.size();
    }

    /** Whether any multipart waits for its boundary. */
    boolean waits() {
        return boundaries > 0;
    }

    /** Opens a part at the beginning of its body; of a multipart with its boundary. */
    void open(Part part, byte @Nullable [] boundary) {
        frames.add(new Frame(part, boundary, cursor.lines));
        boundaries += boundary == null ? 0 : 1;
    }

    /** The multipart whose delimiter was passed last; null after a closing one. */
    @Nullable
    Part wantsPart() {
        var frame = frames.getLast();
        return frame.closed ? null : frame.part;
    }

    /** Index of the innermost open multipart whose boundary, or closing boundary, that line is; -1 when it is none's. */
    int matching(int from, int next) {
        byte[] bytes = cursor.window.bytes;
        if (boundaries == 0 || next - from <= 2 || bytes[from] != '-' || bytes[from + 1] != '-') {
            return -1;
        }
        int text = from + 2;
        int end = cursor.trimmed(text, next);
        boolean dashes = end - text > 2 && bytes[end - 1] == '-' && bytes[end - 2] == '-';
        for (int i = frames.size() - 1; i >= 0; i--) {
            var frame = frames.get(i);
            if (frame.matches(bytes, text, end) || (dashes && frame.matches(bytes, text, end - 2))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether that line, which is the boundary of that multipart, closes it. */
    boolean isClosing(int multipart, int from, int next) {
        return !frames.get(multipart).matches(cursor.window.bytes, from + 2, cursor.trimmed(from + 2, next));
    }

    /** Ends all that is inside that multipart before the boundary line that begins at the cursor. */
    void endInside(int multipart, boolean closing) {
        int before = cursor.bodyEnd();
        long end = cursor.offset(before);
        long lines = cursor.lines - (before < cursor.at ? 1 : 0);
        while (frames.size() - 1 > multipart) {
            end = endLast(end, lines);
        }
        if (closing) {
            frames.getLast().closed = true;
            boundaries--;
        }
    }

    /** Ends all, at the end of the octets. */
    void endAll() {
        while (!frames.isEmpty()) {
            endLast(cursor.offset(), cursor.lines);
        }
    }

    /**
     * Ends what was opened last. Returns where: later than told when the line end before the boundary was needed to end its
     * header.
     */
    private long endLast(long end, long lines) {
        var frame = frames.removeLast();
        frame.part.ends(end, lines - frame.linesBefore);
        if (frame.boundary != null && !frame.closed) {
            boundaries--;
            defects.add(frame.part.isMultipart() ? Kind.MISSING_CLOSE_DELIMITER : Kind.BOUNDARY_NOT_FOUND, end);
        }
        return frame.part.bodyEnd();
    }
}
