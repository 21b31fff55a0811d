package org.merpati.lib.mime.write;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.TransferEncoding;

/**
 * Makes a message that came as BINARYMIME (RFC 3030 §3) one that every reader takes: what only binary carries becomes base64,
 * what merely calls itself binary is called by its right name. The contents stay as they are to the octet; signatures over
 * them in their binary form don't.
 */
public final class BinaryParts {
    private static final String ENCODING = "Content-Transfer-Encoding";

    private BinaryParts() {}

    /** Adds to {@code edits}, which are of this message, what that takes. Reads the message once. */
    public static void encode(Message message, Edits edits) throws IOException {
        var parts = new ArrayList<Part>();
        collect(message.root(), parts);
        var octets = message.octets();
        try (var in = octets.open(0, octets.size())) {
            long at = 0;
            for (var part : parts) {
                if (!part.isLeaf() || part.encoding() != TransferEncoding.IDENTITY) {
                    label(part, Transport.EIGHT_BIT, edits);
                    continue;
                }
                in.skipNBytes(part.bodyStart() - at);
                var needs = needs(in, part);
                at = part.bodyEnd();
                if (needs == Transport.BINARY && mayBeEncoded(part)) {
                    edits.encode(part.bodyStart(), part.bodyEnd());
                    if (part.bodyEnd() == octets.size()) {
                        edits.replace(octets.size(), octets.size(), "\r\n");
                    }
                    label(part, "base64", edits);
                } else {
                    label(part, needs, edits);
                }
            }
        }
    }

    /** In the order of their places. */
    private static void collect(Part part, List<Part> all) {
        all.add(part);
        part.parts().forEach(inner -> collect(inner, all));
        part.message().ifPresent(inner -> collect(inner, all));
    }

    private static Transport needs(InputStream in, Part part) throws IOException {
        try (var body = Octets.bounded(new Borrowed(in), part.size())) {
            return ContentScan.of(body, false).needs();
        }
    }

    /** What holds others has no encoding of its own (RFC 2045 §6.4). */
    private static boolean mayBeEncoded(Part part) {
        var type = part.contentType();
        return !type.type().equals("multipart") && !type.is("message", "rfc822");
    }

    /** A part that calls itself binary is called so no more. */
    private static void label(Part part, Transport needs, Edits edits) {
        boolean binary = part.header()
                .last(ENCODING)
                .filter(field -> TransferEncoding.isBinary(field.raw()))
                .isPresent();
        if (binary) {
            label(part, Transport.EIGHT_BIT.compareTo(needs) < 0 ? "8bit" : needs.encoding(), edits);
        }
    }

    private static void label(Part part, String encoding, Edits edits) {
        var header = part.header();
        long start = header.start();
        var line = ENCODING + ": " + encoding + "\r\n";
        var fields = header.all(ENCODING);
        for (var field : fields) {
            boolean counts = field.start() == fields.getLast().start();
            edits.replace(start + field.start(), start + field.end(), counts ? line : "");
        }
        if (fields.isEmpty()) {
            edits.replace(start, start, header.size() == 0 ? line + "\r\n" : line);
        }
    }

    /** A stream that is not closed. */
    private static final class Borrowed extends FilterInputStream {
        Borrowed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // it is read on
        }
    }
}
