package org.merpati.adapter.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folder of everything the server keeps, held by one server at a time through a lock on its file {@code lock}, in which
 * the holder's process id stands. The system drops the lock with the process, however that ends.
 */
final class DataFolder implements AutoCloseable {
    private static final ReentrantLock HELD_LOCK = new ReentrantLock();
    /**
     * Folders held by this process. Looked at before the file is touched: closing any channel of a file drops all locks that
     * the process has on it.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Makes the folder where it is missing, closes it to other users, and takes it.
     *
     * @throws IOException that names the folder, and the process that holds it
     */
    static DataFolder open(Path path) throws IOException {
        var folder = OwnerOnly.folder(path).toRealPath();
        HELD_LOCK.lock();
        try {
            if (!HELD.add(folder)) {
                throw held(folder, " (in this process)");
            }
            try {
                return new DataFolder(folder, lock(folder));
            } catch (IOException | RuntimeException e) {
                HELD.remove(folder);
                throw e;
            }
        } finally {
            HELD_LOCK.unlock();
        }
    }

    Path path() {
        return folder;
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            if (channel.tryLock() == null) {
                throw held(folder, holder(channel));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            kept = true;
            return channel;
        } catch (OverlappingFileLockException e) {
            kept = true; // held through another class loader of this process: left open, as a close would drop its lock
            throw held(folder, " (in this process)");
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    private static IOException held(Path folder, String by) {
        return new IOException("another server holds the data folder " + folder + by);
    }

    private static String holder(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        var pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
    }

    /** Lets the folder go; may be called twice. */
    @Override
    public void close() throws IOException {
        HELD_LOCK.lock();
        try {
            if (channel.isOpen()) {
                channel.close();
                HELD.remove(folder);
            }
        } finally {
            HELD_LOCK.unlock();
        }
    }
}
