package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.spool.Spooled;
import org.merpati.lib.imap.LiteralSink;

/** A message's octets on their way into the spool, or what is found there. Belongs to the session's thread. */
final class Upload implements LiteralSink, Content, AutoCloseable {
    private final Spooled spooled;
    private @Nullable IOException failure;
    private boolean nul;

    Upload(Spooled spooled) {
        this.spooled = spooled;
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        if (failure != null) {
            return;
        }
        for (int i = offset; !nul && i < offset + length; i++) {
            nul = octets[i] == 0;
        }
        try {
            spooled.sink().write(octets, offset, length);
        } catch (IOException e) {
            failure = e;
            spooled.close();
        }
    }

    /** What went wrong while it came in; null when it is whole. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Whether there is NUL in it. */
    boolean nul() {
        return nul;
    }

    @Override
    public long size() {
        return spooled.size();
    }

    @Override
    public InputStream open() throws IOException {
        return spooled.open();
    }

    @Override
    public void close() {
        spooled.close();
    }
}
