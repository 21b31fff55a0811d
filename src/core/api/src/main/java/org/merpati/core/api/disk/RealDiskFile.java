package org.merpati.core.api.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file of the operating system. Reads and writes go through {@link RandomAccessFile}, which unlike a channel no interrupt
 * closes. Readers' handles stay open until the file is closed: on POSIX systems closing any of them gives up the lock.
 */
final class RealDiskFile implements DiskFile {
    private final Path path;
    private final RandomAccessFile writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock handles = new ReentrantLock();
    private final Deque<RandomAccessFile> readers = new ArrayDeque<>();
    private boolean closed;

    RealDiskFile(Path path) throws IOException {
        this.path = path;
        this.writer = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public long size() throws IOException {
        return writer.length();
    }

    @Override
    public int read(long at, byte[] into, int from, int length) throws IOException {
        var reader = borrow();
        try {
            reader.seek(at);
            int count = 0;
            while (count < length) {
                int more = reader.read(into, from + count, length - count);
                if (more < 0) {
                    break;
                }
                count += more;
            }
            return count;
        } finally {
            giveBack(reader);
        }
    }

    @Override
    public void write(long at, byte[] bytes, int from, int length) throws IOException {
        writing.lock();
        try {
            writer.seek(at);
            writer.write(bytes, from, length);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void resize(long size) throws IOException {
        writing.lock();
        try {
            writer.setLength(size);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void force() throws IOException {
        writer.getChannel().force(false);
    }

    @Override
    public boolean lock() throws IOException {
        try {
            return writer.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has it, through another handle
        }
    }

    @Override
    public void close() throws IOException {
        handles.lock();
        try {
            closed = true;
            for (var reader : readers) {
                reader.close();
            }
            readers.clear();
        } finally {
            handles.unlock();
        }
        writer.close();
    }

    private RandomAccessFile borrow() throws IOException {
        handles.lock();
        try {
            if (closed) {
                throw new IOException("the file " + path.getFileName() + " is closed");
            }
            var reader = readers.poll();
            if (reader != null) {
                return reader;
            }
        } finally {
            handles.unlock();
        }
        return new RandomAccessFile(path.toFile(), "r");
    }

    private void giveBack(RandomAccessFile reader) throws IOException {
        handles.lock();
        try {
            if (!closed) {
                readers.push(reader);
                return;
            }
        } finally {
            handles.unlock();
        }
        reader.close();
    }
}
