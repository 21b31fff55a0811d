package org.merpati.lib.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.field.ContentId;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.Disposition;

/**
 * One part of a message by its places there: a leaf, a multipart with parts of its own, or a {@code message/rfc822} or
 * {@code message/global} with a message inside. Holds no octets but, of a message read through a window, its header's.
 */
public final class Part {
    private final Header header;
    private final ContentType contentType;
    private final @Nullable Part parent;
    private final int number;
    private final List<Part> parts = new ArrayList<>(0);
    private @Nullable Part message;
    private final long bodyStart;
    private long bodyEnd;
    private long lines;

    /** @param number among its siblings, from 1; 0 for the root of a message */
    private Part(Header header, ContentType contentType, @Nullable Part parent, int number) {
        this.header = header;
        this.contentType = contentType;
        this.parent = parent;
        this.number = number;
        this.bodyStart = header.start() + header.size();
        this.bodyEnd = bodyStart;
    }

    /** What the header says, or the standard of its place where it says nothing. */
    static Part of(Header header, ContentType standard, @Nullable Part parent, int number) {
        var type = header.last("Content-Type")
                .map(field -> ContentType.parse(field.raw()))
                .orElse(standard);
        return new Part(header, type, parent, number);
    }

    void add(Part part) {
        parts.add(part);
    }

    void contains(Part root) {
        message = root;
    }

    void ends(long end, long linesOfBody) {
        bodyEnd = Math.max(bodyStart, end);
        lines = Math.max(0, linesOfBody);
    }

    public Header header() {
        return header;
    }

    /** As the header says, or the default of its place: {@code text/plain}, in a digest {@code message/rfc822}. */
    public ContentType contentType() {
        return contentType;
    }

    /** What the header says, read anew at each call. */
    public TransferEncoding encoding() {
        return header.last("Content-Transfer-Encoding")
                .map(field -> TransferEncoding.parse(field.raw()))
                .orElse(TransferEncoding.IDENTITY);
    }

    /** Offset in the message of the first octet after the header. */
    public long bodyStart() {
        return bodyStart;
    }

    /** Offset in the message after the body; the line end before a boundary is not part of it (RFC 2046 §5.1.1). */
    public long bodyEnd() {
        return bodyEnd;
    }

    /** Octets of the body as they are transferred. */
    public long size() {
        return bodyEnd - bodyStart;
    }

    /** Line ends in the body as it is transferred. */
    public long lines() {
        return lines;
    }

    /** Of a multipart, in their order. Empty for a leaf, and for a multipart without a single boundary. */
    public List<Part> parts() {
        return Collections.unmodifiableList(parts);
    }

    /** The root of the message inside. */
    public Optional<Part> message() {
        return Optional.ofNullable(message);
    }

    /** The multipart or message that this is in. */
    public Optional<Part> parent() {
        return Optional.ofNullable(parent);
    }

    /** Whether it is the whole of a message, be it inside another. */
    public boolean isMessageRoot() {
        return number == 0;
    }

    /** Whether it has neither parts nor a message inside. */
    public boolean isLeaf() {
        return parts.isEmpty() && message == null;
    }

    public boolean isMultipart() {
        return !parts.isEmpty();
    }

    /**
     * The section number (RFC 9051 §6.4.5.1), as {@code 2.1}. Empty for the root, and for a multipart that is the whole of a
     * message inside, as neither has a number of its own; a message that is one leaf is its own section 1.
     */
    public String section() {
        if (number > 0) {
            return number(parent == null ? "" : parent.prefix());
        }
        if (isMultipart()) {
            return "";
        }
        var outer = parent == null ? "" : parent.section();
        return outer.isEmpty() ? "1" : outer + ".1";
    }

    /** What the numbers of its parts begin with. */
    private String prefix() {
        return number > 0 || parent == null ? section() : parent.section();
    }

    private String number(String prefix) {
        return prefix.isEmpty() ? Integer.toString(number) : prefix + '.' + number;
    }

    /** Content-Disposition (RFC 2183). */
    public Optional<Disposition> disposition() {
        return header.last("Content-Disposition").map(field -> Disposition.parse(field.raw()));
    }

    /** The file name: the disposition's, else the content type's {@code name}. */
    public Optional<String> name() {
        return disposition()
                .flatMap(disposition -> disposition.parameters().get("filename"))
                .or(() -> contentType.parameters().get("name"));
    }

    /**
     * The charset that the octets of a text are in, in lower case: the one named, or {@code us-ascii} (RFC 2046 §4.1.2). Empty
     * for what is no text and names none.
     */
    public Optional<String> charset() {
        return contentType
                .parameters()
                .get("charset")
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .or(() -> contentType.type().equals("text") ? Optional.of("us-ascii") : Optional.empty());
    }

    /** Content-ID without its angle brackets (RFC 2392). */
    public Optional<String> contentId() {
        return header.last("Content-ID").flatMap(field -> ContentId.parse(field.raw()));
    }
}
