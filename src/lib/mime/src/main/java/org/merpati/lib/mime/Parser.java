package org.merpati.lib.mime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.Defect.Kind;
import org.merpati.lib.mime.field.ContentType;

/**
 * Reads a message in one pass over its lines (RFC 5322 §2, RFC 2046 §5.1): headers are located, bodies are skipped to the next
 * boundary of any multipart that is open. For one message, one thread.
 */
final class Parser {
    private final Defects defects = new Defects();
    private final Limits limits;
    private final Cursor cursor;
    private final OpenParts open;
    private final HeaderReader headers;
    private int parts;
    private boolean full;

    Parser(Window window, Limits limits) {
        this.limits = limits;
        this.cursor = new Cursor(window);
        this.open = new OpenParts(cursor, defects);
        this.headers = new HeaderReader(cursor, open, defects, limits);
    }

    List<Defect> defects() {
        return defects.all();
    }

    Header headerOnly() throws IOException {
        cursor.findLineEnd(defects);
        return headers.read();
    }

    Part parse() throws IOException {
        cursor.findLineEnd(defects);
        var root = entity(null, 0, ContentType.TEXT_PLAIN);
        while (toBoundary()) {
            var multipart = open.wantsPart();
            if (multipart != null) {
                boolean digest = multipart.contentType().is("multipart", "digest");
                entity(multipart, multipart.parts().size() + 1, digest ? ContentType.MESSAGE : ContentType.TEXT_PLAIN);
            }
        }
        open.endAll();
        return root;
    }

    /** Reads a header and opens what it announces, a message inside with its own header at once. */
    private Part entity(@Nullable Part parent, int number, ContentType standard) throws IOException {
        var part = Part.of(headers.read(), standard, parent, number);
        parts++;
        if (parent != null && number > 0) {
            parent.add(part);
        } else if (parent != null) {
            parent.contains(part);
        }
        var type = part.contentType();
        var encoding = part.encoding();
        boolean identity = encoding == TransferEncoding.IDENTITY;
        boolean multipart = type.type().equals("multipart");
        boolean message = type.is("message", "rfc822") || type.is("message", "global");
        if (encoding == TransferEncoding.UNKNOWN) {
            defect(Kind.UNKNOWN_ENCODING);
        } else if (!identity && (multipart || message)) {
            defect(Kind.ENCODED_COMPOSITE);
        }
        byte[] boundary = multipart ? boundary(type) : null;
        if (multipart && boundary == null) {
            defect(Kind.MISSING_BOUNDARY);
        }
        boolean opens = boundary != null || (message && identity);
        if (opens && open.depth() >= limits.depth()) {
            defect(Kind.TOO_DEEP);
            opens = false;
        }
        open.open(part, opens ? boundary : null);
        if (opens && message) {
            entity(part, 0, ContentType.TEXT_PLAIN);
        }
        return part;
    }

    private static byte @Nullable [] boundary(ContentType type) {
        var boundary = type.parameters().get("boundary").orElse("").stripTrailing();
        return boundary.isEmpty() || boundary.length() > Cursor.LONGEST_BOUNDARY_LINE - 8
                ? null
                : boundary.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Passes the next boundary line of an open multipart and ends what was open inside that multipart, which then is the last
     * one open. False at the end of the octets.
     */
    private boolean toBoundary() throws IOException {
        while (open.waits() && !full) {
            if (cursor.startsWithDashes() && isBoundary()) {
                return true;
            }
            if (!cursor.skipLine()) {
                return false;
            }
        }
        cursor.skipToEnd();
        return false;
    }

    private boolean isBoundary() throws IOException {
        int next = cursor.boundaryLine();
        int multipart = open.matching(cursor.at, next);
        if (multipart < 0) {
            return false;
        }
        boolean closing = open.isClosing(multipart, cursor.at, next);
        if (!closing && parts >= limits.parts()) {
            defect(Kind.TOO_MANY_PARTS);
            full = true;
            return false;
        }
        open.endInside(multipart, closing);
        cursor.advance(next);
        return true;
    }

    private void defect(Kind kind) {
        defects.add(kind, cursor.offset());
    }
}
