package org.merpati.lib.mime.mailbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A window over a stream that can be looked into ahead of where it is read. */
final class MboxInput implements Closeable {
    private static final int SIZE = 64 * 1024; // many times as much as anybody looks ahead

    private final InputStream in;
    private final byte[] bytes = new byte[SIZE];
    private int at;
    private int end;
    private boolean ended;

    MboxInput(InputStream in) {
        this.in = in;
    }

    /** The window; it moves when more is asked for. */
    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    /** Whether that many octets are left; they are in the window then. */
    boolean has(int count) throws IOException {
        if (end - at < count && !ended) {
            System.arraycopy(bytes, at, bytes, 0, end - at);
            end -= at;
            at = 0;
            while (end < count && !ended) {
                int read = in.read(bytes, end, SIZE - end);
                ended = read < 0;
                end += Math.max(read, 0);
            }
        }
        return end - at >= count;
    }

    boolean startsWith(int offset, String ascii) throws IOException {
        if (!has(offset + 1) || bytes[at + offset] != ascii.charAt(0) || !has(offset + ascii.length())) {
            return false; // nearly always by the first octet
        }
        for (int i = 1; i < ascii.length(); i++) {
            if (bytes[at + offset + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The octets of an empty line at that offset: 1 for LF, 2 for CRLF, 0 for none. */
    int emptyLine(int offset) throws IOException {
        if (startsWith(offset, "\n")) {
            return 1;
        }
        return startsWith(offset, "\r\n") ? 2 : 0;
    }

    /** The octets up to the line's end, at most that many; they are in the window then. */
    int lineLength(int most) throws IOException {
        return lineLength(0, most);
    }

    int lineLength(int offset, int most) throws IOException {
        has(offset + most);
        int limit = Math.min(end, at + offset + most);
        int to = at + offset;
        while (to < limit && bytes[to] != '\n') {
            to++;
        }
        return to - at - offset;
    }

    void skip(int count) {
        at += count;
    }

    void skipLine() throws IOException {
        boolean ended = false;
        while (!ended && has(1)) {
            ended = bytes[at++] == '\n';
        }
    }

    void skipByteOrderMark() throws IOException {
        if (has(3) && bytes[at] == (byte) 0xef && bytes[at + 1] == (byte) 0xbb && bytes[at + 2] == (byte) 0xbf) {
            at += 3;
        }
    }

    /** Copies up to the line's end and with it, but no more than that many octets and than are in the window, at least one. */
    int copyLine(byte[] into, int from, int most) throws IOException {
        has(1);
        int limit = Math.min(end, at + most);
        int to = at;
        while (to < limit && bytes[to] != '\n') {
            to++;
        }
        to = Math.min(to + 1, limit);
        int count = to - at;
        System.arraycopy(bytes, at, into, from, count);
        at = to;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
