package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;

/** Finds the parts of a message by reading it again. */
record MessageReader(BlobStore blobs) {
    private static final int SMALL = 65_536;

    Part root(Message message) throws IOException {
        if (message.size() > SMALL) {
            return parse(new Whole(message));
        }
        try (var in = blobs.open(message.blob(), 0, message.size())) {
            return parse(Octets.of(in.readNBytes((int) message.size())));
        }
    }

    private static Part parse(Octets octets) throws IOException {
        return org.merpati.lib.mime.Message.parse(octets, Limits.DEFAULT).root();
    }

    private final class Whole implements Octets {
        private final Message message;

        Whole(Message message) {
            this.message = message;
        }

        @Override
        public long size() {
            return message.size();
        }

        @Override
        public InputStream open(long from, long to) throws IOException {
            return blobs.open(message.blob(), from, to - from);
        }
    }
}
