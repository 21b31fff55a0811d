package org.merpati.core.imap.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.bytes.Scan;
import org.merpati.lib.mime.charset.Charsets;
import org.merpati.lib.mime.transfer.TransferDecoder;
import org.merpati.lib.mime.view.BodyView;
import org.merpati.lib.mime.view.Html;

/**
 * The text of one message after another: headers, and bodies of type text, decoded; HTML as it stands and as it is read.
 * What is no text is not looked at (RFC 9051 §6.4.4 allows it).
 *
 * <p>Octets are compared before anything is decoded, where the charset lets that be right: most mail is ASCII mostly.
 */
final class MessageText {
    private static final int SMALL = 1 << 20;
    private static final int WINDOW = 1 << 16;
    private static final Set<String> TRANSPARENT = Set.of("us-ascii", "ascii", "utf-8", "utf8");
    /** Where none of these stands in a header, the body is one text, and its octets are the text's. */
    private static final Needle[] DECODED = {
        new Needle("multipart"),
        new Needle("base64"),
        new Needle("quoted-printable"),
        new Needle("message/"),
        new Needle("html"),
        new Needle("iso-2022"),
        new Needle("utf-7"),
        new Needle("utf-16"),
        new Needle("utf-32"),
        new Needle("hz-gb")
    };

    private final BlobStore blobs;
    private byte[] bytes = new byte[1 << 14];
    private byte[] decoded = new byte[1 << 14];
    private BlobRef blob = new BlobRef(0, 0, 0);
    private int size;
    private int headerSize;
    private boolean small;
    private @Nullable Message message;
    private @Nullable Header header;

    MessageText(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Goes on to another message. */
    void read(BlobRef next, int sizeOfHeader) throws IOException {
        blob = next;
        message = null;
        header = null;
        small = next.size() <= SMALL;
        size = small ? (int) next.size() : 0;
        headerSize = (int) Math.min(sizeOfHeader, next.size());
        if (small) {
            if (bytes.length < size) {
                bytes = new byte[Math.max(size, Math.min(SMALL, 2 * bytes.length))];
            }
            fill(size);
        }
    }

    private void fill(int wanted) throws IOException {
        try (var in = blobs.open(blob, 0, wanted)) {
            if (in.readNBytes(bytes, 0, wanted) < wanted) {
                throw new IOException("the blob ends early");
            }
        }
    }

    Header header() throws IOException {
        var known = header;
        if (known == null) {
            int wanted = Math.min(headerSize, Limits.DEFAULT.headerSize());
            if (!small) {
                if (bytes.length < wanted) {
                    bytes = new byte[wanted];
                }
                fill(wanted);
            }
            known = Header.read(bytes, wanted);
            header = known;
        }
        return known;
    }

    boolean body(Needle needle) throws IOException {
        if (small && isOneText()) {
            if (needle.isAscii()) {
                return needle.isIn(bytes, headerSize, size);
            }
            if (Scan.isAscii(bytes, headerSize, size)) {
                return false;
            }
        }
        return inPart(message().root(), needle, false);
    }

    boolean text(Needle needle) throws IOException {
        if (inHeader(needle)) {
            return true;
        }
        return small && isOneText() && needle.isAscii()
                ? needle.isIn(bytes, headerSize, size)
                : inPart(message().root(), needle, true);
    }

    private boolean inHeader(Needle needle) throws IOException {
        if (small && needle.isAscii()) {
            if (needle.isIn(bytes, 0, headerSize)) {
                return true;
            }
            if (!needle.hasSpace() && !hasEncodedWord() && Scan.isAscii(bytes, 0, headerSize)) {
                return false;
            }
        }
        return inFields(header(), needle);
    }

    private boolean hasEncodedWord() {
        for (int at = Scan.indexOf(bytes, 0, headerSize, '=');
                at >= 0;
                at = Scan.indexOf(bytes, at + 1, headerSize, '=')) {
            if (at + 1 < headerSize && bytes[at + 1] == '?') {
                return true;
            }
        }
        return false;
    }

    private static boolean inFields(Header header, Needle needle) {
        for (int i = 0; i < header.count(); i++) {
            if (needle.isIn(header.field(i).toString())) {
                return true;
            }
        }
        return false;
    }

    private boolean isOneText() {
        for (var mark : DECODED) {
            if (mark.isIn(bytes, 0, headerSize)) {
                return false;
            }
        }
        return true;
    }

    private Message message() throws IOException {
        var known = message;
        if (known == null) {
            known = small ? Message.parse(bytes, 0, size, Limits.DEFAULT) : Message.parse(new Whole(), Limits.DEFAULT);
            message = known;
        }
        return known;
    }

    /** @param headers whether the headers of parts count */
    private boolean inPart(Part part, Needle needle, boolean headers) throws IOException {
        if (headers && !part.isMessageRoot() && inFields(part.header(), needle)) {
            return true;
        }
        var inside = part.message();
        if (inside.isPresent()) {
            return inFields(inside.get().header(), needle) || inPart(inside.get(), needle, headers);
        }
        for (var child : part.parts()) {
            if (inPart(child, needle, headers)) {
                return true;
            }
        }
        var type = BodyView.mediaType(part);
        return part.isLeaf() && type.startsWith("text/") && inText(part, needle, type.equals("text/html"));
    }

    private boolean inText(Part part, Needle needle, boolean html) throws IOException {
        if (part.size() > SMALL) {
            return inLongText(part, needle);
        }
        byte[] octets;
        int from = 0;
        int to;
        if (small && part.encoding().decoder() == null) {
            octets = bytes;
            from = (int) part.bodyStart();
            to = (int) part.bodyEnd();
        } else {
            to = decode(part);
            octets = decoded;
        }
        var charset = part.charset().orElse("us-ascii");
        if (isTransparent(charset)) {
            if (needle.isAscii()
                    ? needle.isIn(octets, from, to)
                    : !Scan.isAscii(octets, from, to) && needle.isIn(Charsets.decode(octets, from, to, charset))) {
                return true;
            }
            return html && needle.isIn(Html.toText(Charsets.decode(octets, from, to, charset)));
        }
        var text = Charsets.decode(octets, from, to, charset);
        return needle.isIn(text) || (html && needle.isIn(Html.toText(text)));
    }

    /** Whether its octets below 0x80 are ASCII's characters, wherever they stand. */
    private static boolean isTransparent(String charset) {
        return TRANSPARENT.contains(charset)
                || charset.startsWith("iso-8859-")
                || charset.startsWith("windows-125")
                || charset.startsWith("koi8-");
    }

    /** Removes the transfer encoding of a part that is not large. Returns how many octets of {@code decoded} are its. */
    private int decode(Part part) throws IOException {
        int length = (int) part.size();
        if (decoded.length < length + 2 * TransferDecoder.MOST_HELD) {
            decoded = new byte[Math.max(length, Math.min(SMALL, 2 * decoded.length)) + 2 * TransferDecoder.MOST_HELD];
        }
        var decoder = part.encoding().decoder();
        if (small && decoder != null) {
            int end = decoder.decode(bytes, (int) part.bodyStart(), (int) part.bodyEnd(), decoded, 0);
            return decoder.finish(decoded, end);
        }
        try (var in = message().content(part)) {
            return in.readNBytes(decoded, 0, decoded.length);
        }
    }

    /** Through a window that moves on by what is certain not to begin a match. */
    private boolean inLongText(Part part, Needle needle) throws IOException {
        Optional<Charset> named = part.charset().flatMap(Charsets::named);
        var charset =
                named.filter(name -> !name.equals(StandardCharsets.US_ASCII)).orElse(StandardCharsets.UTF_8);
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        var window = new char[WINDOW + needle.length()];
        int kept = 0;
        try (var in = new InputStreamReader(message().content(part), decoder)) {
            for (int read = in.read(window, 0, window.length);
                    read >= 0;
                    read = in.read(window, kept, window.length - kept)) {
                int filled = kept + read;
                if (needle.isIn(new String(window, 0, filled))) {
                    return true;
                }
                kept = Math.min(filled, Math.max(0, needle.length() - 1));
                System.arraycopy(window, filled - kept, window, 0, kept);
            }
        }
        return false;
    }

    /** The octets of a message that is not in memory. */
    private final class Whole implements Octets {
        private final BlobRef whole = blob;

        @Override
        public long size() {
            return whole.size();
        }

        @Override
        public InputStream open(long from, long to) throws IOException {
            return blobs.open(whole, from, to - from);
        }
    }
}
