package org.merpati.core.smtp.stage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.merpati.core.api.blob.Content;

/**
 * A message that a plug-in may read until it is taken back: who reads on gets an {@link IOException}, and never octets of a
 * spool entry that is somebody else's by then.
 */
final class LentContent implements Content {
    private final Content message;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean takenBack;

    LentContent(Content message) {
        this.message = message;
    }

    /** Returns when no read is under way. */
    void takeBack() {
        lock.lock();
        try {
            takenBack = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long size() {
        return message.size();
    }

    @Override
    public InputStream open() throws IOException {
        return whileLent(() -> new LentStream(message.open()));
    }

    private interface Read<T> {
        T run() throws IOException;
    }

    private <T> T whileLent(Read<T> read) throws IOException {
        lock.lock();
        try {
            if (takenBack) {
                throw new IOException("the answer is late, and the message is gone");
            }
            return read.run();
        } finally {
            lock.unlock();
        }
    }

    private final class LentStream extends FilterInputStream {
        LentStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return whileLent(in::read);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return whileLent(() -> in.read(into, from, length));
        }

        @Override
        public long skip(long octets) throws IOException {
            return whileLent(() -> in.skip(octets));
        }

        @Override
        public int available() throws IOException {
            return whileLent(in::available);
        }
    }
}
