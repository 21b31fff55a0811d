package org.merpati.lib.mime.view;

import java.io.IOException;
import java.io.InputStream;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.TransferEncoding;
import org.merpati.lib.mime.transfer.DecodingInputStream;

/** Bodies without their transfer encoding, as IMAP's BINARY gives them (RFC 3516 §4.3, RFC 9051 §7.5.2). */
public final class Binary {
    /** @param nul whether a NUL is among the octets, so that only a literal8 can hold them */
    public record Measure(long size, boolean nul) {}

    private Binary() {}

    /** Whether the encoding is one that can be removed. */
    public static boolean isDecodable(Part part) {
        return isComposite(part) || part.encoding() != TransferEncoding.UNKNOWN;
    }

    /**
     * The part's content, the lines of a text ended by CRLF. Closing it closes the body's stream.
     *
     * @param part decodable
     * @param body its octets as they are transferred
     */
    public static InputStream open(Part part, InputStream body) {
        if (isComposite(part)) {
            return body; // no encoding of its own (RFC 2045 §6.4)
        }
        if (part.encoding() == TransferEncoding.UNKNOWN) {
            throw new IllegalArgumentException("an unknown transfer encoding");
        }
        var decoder = part.encoding().decoder();
        var content = decoder == null ? body : new DecodingInputStream(body, decoder);
        return part.contentType().type().equals("text") ? new CrlfInputStream(content) : content;
    }

    private static boolean isComposite(Part part) {
        return !part.isLeaf();
    }

    /** Reads the stream to its end. */
    public static Measure measure(InputStream content) throws IOException {
        var block = new byte[8192];
        long size = 0;
        boolean nul = false;
        for (int n = content.read(block); n >= 0; n = content.read(block)) {
            size += n;
            for (int i = 0; i < n && !nul; i++) {
                nul = block[i] == 0;
            }
        }
        return new Measure(size, nul);
    }
}
