package org.merpati.lib.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.bytes.Scan;
import org.merpati.lib.mime.charset.Charsets;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.Unstructured;

/** One field of a {@link Header}, by its place there; everything is decoded anew at each call. */
public final class HeaderField {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final Header header;
    private final int index;

    HeaderField(Header header, int index) {
        this.header = header;
        this.index = index;
    }

    /** As it stands there, without the white space that old mail has before the colon. */
    public String name() {
        int from = header.fieldStart(index);
        return new String(header.bytes, from, header.nameEnd(index) - from, StandardCharsets.UTF_8);
    }

    /** Without regard to case; names are ASCII (RFC 5322 §2.2). */
    public boolean is(String name) {
        return header.is(index, name);
    }

    /** Where the field begins, counted from the header's first octet. */
    public int start() {
        return header.offset(header.fieldStart(index));
    }

    /** Just after the colon, counted from the header's first octet. */
    public int bodyStart() {
        return header.offset(header.bodyStart(index));
    }

    /** After the field's last line end, counted from the header's first octet. */
    public int end() {
        return header.offset(header.fieldEnd(index));
    }

    /** The field as it stands, name, folds and all, with a line end also where the header is cut off before it. */
    public void copyTo(ByteArrayOutputStream out) {
        int from = header.fieldStart(index);
        int to = header.fieldEnd(index);
        out.write(header.bytes, from, to - from);
        if (header.bytes[to - 1] != '\n') {
            out.writeBytes(LINE_END);
        }
    }

    /**
     * The field's body as it stands, folds, line end and all. Octets beyond ASCII are read as UTF-8 (RFC 6532), or else in the
     * charset that this header's Content-Type names, or else by a guess.
     */
    public String raw() {
        int from = header.bodyStart(index);
        int to = header.fieldEnd(index);
        if (Scan.isAscii(header.bytes, from, to)) {
            return new String(header.bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        var hint = is("Content-Type")
                ? Optional.<Charset>empty()
                : header.first("Content-Type").flatMap(HeaderField::charset);
        return Charsets.guess(header.bytes, from, to, hint);
    }

    /** The field's body unfolded and with its encoded words decoded (RFC 5322 §2.2.3, RFC 2047), without space at its ends. */
    public String text() {
        byte[] bytes = header.bytes;
        int from = header.bodyStart(index);
        int to = header.fieldEnd(index);
        while (from < to && Scan.isSpace(bytes[from])) {
            from++;
        }
        while (to > from && Scan.isSpace(bytes[to - 1])) {
            to--;
        }
        int plain = Scan.plain(bytes, from, to);
        if (plain == to) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        var folded = unfolded(bytes, from, plain, to);
        return folded == null ? Unstructured.decode(raw()) : folded;
    }

    /** ASCII text without its folds; null when there is more to be decoded. */
    private static @Nullable String unfolded(byte[] bytes, int from, int firstFold, int to) {
        var text = new byte[to - from];
        int length = 0;
        int start = from;
        int end = firstFold;
        while (true) {
            System.arraycopy(bytes, start, text, length, end - start);
            length += end - start;
            if (end == to) {
                return new String(text, 0, length, StandardCharsets.ISO_8859_1);
            }
            start = bytes[end] == '\r' && bytes[end + 1] == '\n' ? end + 2 : end + 1;
            if (start == end + 1 && bytes[end] != '\n') {
                return null;
            }
            end = Scan.plain(bytes, start, to);
        }
    }

    private Optional<Charset> charset() {
        return ContentType.parse(raw()).parameters().get("charset").flatMap(Charsets::named);
    }

    @Override
    public String toString() {
        return name() + ": " + text();
    }
}
