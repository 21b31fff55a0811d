package org.merpati.web.push;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** One text message to a client, sent in parts of whole characters while it is written. */
abstract class MessageStream extends OutputStream {
    private static final int BLOCK = 16 * 1024;

    private final byte[] block = new byte[BLOCK];
    private int length;
    private boolean begun;
    private boolean ended;

    abstract void send(byte[] utf8, boolean first, boolean last) throws IOException;

    /** Called once, whatever became of the message. */
    abstract void ended();

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
        int place = from;
        for (int left = count; left > 0; ) {
            if (length == BLOCK) {
                sendWholeCharacters();
            }
            int n = Math.min(left, BLOCK - length);
            System.arraycopy(octets, place, block, length, n);
            length += n;
            place += n;
            left -= n;
        }
    }

    private void sendWholeCharacters() throws IOException {
        int end = length - 1;
        while (end > 0 && (block[end] & 0xC0) == 0x80) {
            end--;
        }
        if ((block[end] & 0x80) == 0) { // ASCII ends by itself
            end = length;
        }
        send(Arrays.copyOf(block, end), !begun, false);
        begun = true;
        System.arraycopy(block, end, block, 0, length - end);
        length -= end;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try {
            send(Arrays.copyOf(block, length), !begun, true);
        } finally {
            ended();
        }
    }
}
