package org.merpati.core.transport;

import java.io.IOException;
import java.io.InputStream;
import org.merpati.core.api.blob.Content;
import org.merpati.lib.mime.Octets;

/** Content to be read as a message. */
public record ContentOctets(Content content) implements Octets {
    @Override
    public long size() {
        return content.size();
    }

    @Override
    public InputStream open(long from, long to) throws IOException {
        return Octets.bounded(skipped(content.open(), from), to - from);
    }

    static InputStream skipped(InputStream in, long octets) throws IOException {
        try {
            in.skipNBytes(octets);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
