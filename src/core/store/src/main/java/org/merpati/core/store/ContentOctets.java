package org.merpati.core.store;

import java.io.IOException;
import java.io.InputStream;
import org.merpati.core.api.blob.Content;
import org.merpati.lib.mime.Octets;

/** Content to be read as a message; a piece of it may be read to its end. */
public record ContentOctets(Content content) implements Octets {
    /** The other way round. */
    public static Content content(Octets octets) {
        return new Content() {
            @Override
            public long size() {
                return octets.size();
            }

            @Override
            public InputStream open() throws IOException {
                return octets.open(0, octets.size());
            }
        };
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public InputStream open(long from, long to) throws IOException {
        var in = content.open();
        try {
            in.skipNBytes(from);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return Octets.bounded(in, to - from);
    }
}
