package org.merpati.lib.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The octets that the parser looks at: all of a message in memory, or a piece of a longer one, moved on as it reads. Places are
 * indices into {@link #bytes}; {@link #base} is the message's offset of index 0.
 */
final class Window {
    private static final int SIZE = 64 * 1024;

    byte[] bytes;
    int limit;
    long base;
    private final @Nullable InputStream in;
    private boolean ended;

    Window(Octets.InMemory all) {
        bytes = all.bytes;
        limit = all.to;
        base = -all.from;
        in = null;
        ended = true;
    }

    /** Reads the stream as far as asked; the caller closes it. */
    Window(InputStream in) {
        bytes = new byte[SIZE];
        this.in = in;
    }

    /** Whether what the parser keeps for later has to be copied, as the window moves on. */
    boolean moves() {
        return in != null;
    }

    /** Whether all octets of the message have been seen up to {@link #limit}. */
    boolean ended() {
        return ended;
    }

    /**
     * Reads more octets and keeps those from place {@code keep} on. They may move.
     *
     * @return by how much every place has become smaller
     */
    int more(int keep) throws IOException {
        if (in == null || ended) {
            return 0;
        }
        int kept = limit - keep;
        if (kept > bytes.length / 2) {
            bytes = Arrays.copyOfRange(bytes, keep, keep + bytes.length * 2);
        } else {
            System.arraycopy(bytes, keep, bytes, 0, kept);
        }
        base += keep;
        limit = kept;
        int read = in.read(bytes, limit, bytes.length - limit);
        if (read < 0) {
            ended = true;
        } else {
            limit += read;
        }
        return keep;
    }
}
