package org.merpati.core.store.blob;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One segment file open for reading by many. Reads go through {@link RandomAccessFile}: unlike a channel it is not closed
 * for everybody when one reader's thread is interrupted.
 */
final class SegmentFile implements AutoCloseable {
    private static final int IDLE_HANDLES = 16;

    private final Path path;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<RandomAccessFile> idle = new ArrayDeque<>();
    private boolean closed;

    SegmentFile(Path path) {
        this.path = path;
    }

    /** A handle for one reader, which gives it back. */
    RandomAccessFile borrow() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the blob store is closed");
            }
            var handle = idle.poll();
            if (handle != null) {
                return handle;
            }
        } finally {
            lock.unlock();
        }
        return new RandomAccessFile(path.toFile(), "r");
    }

    void giveBack(RandomAccessFile handle) throws IOException {
        lock.lock();
        try {
            if (!closed && idle.size() < IDLE_HANDLES) {
                idle.push(handle);
                return;
            }
        } finally {
            lock.unlock();
        }
        handle.close();
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            for (var handle : idle) {
                handle.close();
            }
            idle.clear();
        } finally {
            lock.unlock();
        }
    }
}
