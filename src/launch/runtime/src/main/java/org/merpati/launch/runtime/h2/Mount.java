package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.disk.Disk;

/**
 * On which disk a database file lies, and what this process knows of it from one opening to the next.
 *
 * <p>H2 makes its files by the name in the URL alone, so that this is looked up by the file's path.
 */
final class Mount {
    private static final Logger LOG = System.getLogger(Mount.class.getName());
    private static final Map<Path, Mount> MOUNTS = new ConcurrentHashMap<>();
    private static final long ALL = Long.MAX_VALUE;

    private final Path path;
    private final Disk disk;
    private final Turn turn = new Turn();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable GroupCommit group;
    private @Nullable DurableChannel channel;
    private volatile long trusted = ALL;
    private volatile boolean wasWritten;

    private Mount(Path path, Disk disk) {
        this.path = path;
        this.disk = disk;
    }

    static void put(Path file, Disk disk) {
        var path = file.toAbsolutePath().normalize();
        MOUNTS.put(path, new Mount(path, disk));
    }

    static void remove(Path file) {
        MOUNTS.remove(file.toAbsolutePath().normalize());
    }

    /** The real disk for a file that nobody named. */
    static Mount of(Path file) {
        return MOUNTS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new Mount(path, Disk.real()));
    }

    /**
     * Opens the database's file, in the place of a channel that is still open. There is one when H2 has forgotten a database:
     * a session that learns late of a failed write shuts down by name, and so takes the database that was opened since out of
     * the engine's list. What it had answered is durable; what it still writes fails.
     */
    DurableChannel open(Path file, boolean readOnly) throws IOException {
        lock.lock();
        try {
            var forgotten = channel;
            if (forgotten != null && forgotten.isOpen()) {
                LOG.log(Level.WARNING, file.getFileName() + " was still open, and is opened anew");
                forgotten.abandon();
            }
            var opened = new DurableChannel(file, this, readOnly);
            channel = opened;
            wasWritten |= !readOnly;
            return opened;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether H2 is to open the file for writing. Not when the disk has become read-only since it was first opened: then what
     * is there can still be read. A disk that is read-only from the beginning is an error.
     */
    boolean takesWrites() {
        if (!wasWritten) {
            return true;
        }
        try {
            disk.open(path).close();
            return true;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> path.getFileName() + " can't be opened for writing: " + e);
            return false;
        }
    }

    /** Makes a copy of the database, which must be open, while nothing is written to it. */
    void keep(Path copy) throws IOException {
        DurableChannel open;
        lock.lock();
        try {
            open = channel;
        } finally {
            lock.unlock();
        }
        if (open == null || !open.isOpen()) {
            throw new IOException("the database is not open");
        }
        open.keep(copy);
    }

    Turn turn() {
        return turn;
    }

    /** Of the database as it is open now. */
    GroupCommit groupCommit(MVStore store) {
        lock.lock();
        try {
            var known = group;
            if (known == null || !known.isOf(store)) {
                known = new GroupCommit(store);
                group = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    Disk disk() {
        return disk;
    }

    /** After a failed write or fsync: what is newer may be in the system's memory without ever reaching the disk. */
    void trustUpTo(long version) {
        trusted = Math.min(trusted, version);
    }

    void trustAll() {
        trusted = ALL;
    }

    boolean trusts(long version) {
        return version <= trusted;
    }
}
