package org.merpati.core.jmap.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.TransferEncoding;
import org.merpati.lib.mime.transfer.DecodingInputStream;

/** Octets where they lie: of a stored blob, and of a part in other octets. Nothing is read before it is asked for. */
public final class PartOctets {
    private PartOctets() {}

    public static Octets of(BlobStore blobs, BlobRef ref) {
        return new Octets() {
            @Override
            public long size() {
                return ref.size();
            }

            @Override
            public InputStream open(long from, long to) throws IOException {
                return blobs.open(ref, from, to - from);
            }
        };
    }

    /** The part's content, its transfer encoding removed where that is known (RFC 8621 §4.1.4). */
    public static Octets content(Octets message, Part part) throws IOException {
        var body = new Slice(message, part.bodyStart(), part.size());
        return part.encoding().decoder() == null ? body : new Decoded(body, part.encoding(), size(message, part));
    }

    /** Octets of the content; they are read to be counted when they are encoded. */
    public static long size(Octets message, Part part) throws IOException {
        var decoder = part.encoding().decoder();
        if (decoder == null) {
            return part.size();
        }
        try (var in = new DecodingInputStream(message.open(part.bodyStart(), part.bodyEnd()), decoder)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private record Slice(Octets all, long start, long size) implements Octets {
        @Override
        public InputStream open(long from, long to) throws IOException {
            return all.open(start + from, start + to);
        }
    }

    /** They have to be decoded from the first one, wherever the reader begins. */
    private record Decoded(Octets body, TransferEncoding encoding, long size) implements Octets {
        @Override
        public InputStream open(long from, long to) throws IOException {
            var decoder = encoding.decoder();
            if (decoder == null) {
                throw new IllegalStateException("not encoded");
            }
            var in = new DecodingInputStream(body.open(0, body.size()), decoder);
            try {
                in.skipNBytes(from);
                return Octets.bounded(in, to - from);
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
    }
}
