package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.merpati.core.api.disk.DiskFile;

/** A file on a disk that takes no writes. One handle for all, whom it serves in turn: it is for a time of need. */
final class ReadOnlyFile implements DiskFile {
    private final RandomAccessFile file;
    private final ReentrantLock reading = new ReentrantLock();

    ReadOnlyFile(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public int read(long at, byte[] into, int from, int length) throws IOException {
        reading.lock();
        try {
            file.seek(at);
            int count = 0;
            while (count < length) {
                int more = file.read(into, from + count, length - count);
                if (more < 0) {
                    break;
                }
                count += more;
            }
            return count;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void write(long at, byte[] bytes, int from, int length) throws IOException {
        throw refused();
    }

    @Override
    public void resize(long size) throws IOException {
        throw refused();
    }

    @Override
    public void force() throws IOException {
        throw refused();
    }

    @Override
    public boolean lock() throws IOException {
        try {
            return file.getChannel().tryLock(0, Long.MAX_VALUE, true) != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has it, through another handle
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static IOException refused() {
        return new IOException("the database is open for reading alone");
    }
}
