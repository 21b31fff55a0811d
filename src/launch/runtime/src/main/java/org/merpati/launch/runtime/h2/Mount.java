package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;

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
    private final Sequences sequences = new Sequences();
    private @Nullable OpenDatabase database;
    private @Nullable DurableChannel channel;
    private volatile long trusted = ALL;
    private volatile long trustedRecords = ALL;
    private volatile boolean doubtful;
    private volatile boolean reading;
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
    DurableChannel open(Path file) throws IOException {
        lock.lock();
        try {
            var forgotten = channel;
            if (forgotten != null && forgotten.isOpen()) {
                LOG.log(Level.WARNING, file.getFileName() + " was still open, and is opened anew");
                forgotten.abandon();
            }
            boolean writes = takesWrites();
            var opened = new DurableChannel(file, this, !writes);
            channel = opened;
            reading = !writes;
            wasWritten |= writes;
            return opened;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the file is to be opened for writing. Not when the disk has become read-only since it was first opened: then what
     * is there can still be read, and each attempt to write fails. A disk that is read-only from the beginning is an error.
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
        channel().keep(copy);
    }

    /** The file as it is open now. */
    DurableChannel channel() throws IOException {
        lock.lock();
        try {
            if (channel == null) {
                throw new IOException("the database is not open");
            }
            return channel;
        } finally {
            lock.unlock();
        }
    }

    Turn turn() {
        return turn;
    }

    /**
     * The database that the connection is to, made ready if it was opened with it: what its journal has is done again before
     * anybody else gets a connection.
     */
    OpenDatabase opened(Connection connection) throws SQLException {
        lock.lock();
        try {
            var store = OpenDatabase.storeOf(connection);
            var known = database;
            if (known == null || !known.isOf(store)) {
                if (known != null) {
                    known.end();
                }
                known = OpenDatabase.open(this, connection, store);
                database = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** All that was committed is in the database's file when this returns. */
    void store() throws SQLException {
        OpenDatabase open;
        lock.lock();
        try {
            open = database;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.store();
        }
    }

    Sequences sequences() {
        return sequences;
    }

    /** Whether the database's file is open for reading alone. */
    boolean isReading() {
        return reading;
    }

    /** The journal's two files, beside the database's. */
    List<Path> journals() {
        var name = path.getFileName().toString().replaceAll("\\.mv\\.db$", "");
        return List.of(path.resolveSibling(name + ".journal1"), path.resolveSibling(name + ".journal2"));
    }

    /** For reading alone when the database is. */
    DiskFile openFile(Path file) throws IOException {
        return reading ? new ReadOnlyFile(file) : disk.open(file);
    }

    /** The names of files that were just made are durable when this returns. */
    void keepNames() throws IOException {
        if (!reading) {
            disk.syncNames(path);
        }
    }

    void removeJournals() throws IOException {
        for (var journal : journals()) {
            disk.delete(journal);
        }
        disk.syncNames(path);
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

    /** After a failed write of the journal, as {@link #trustUpTo}; whether it is well again is to be proved. */
    void trustRecordsUpTo(long number) {
        trustedRecords = Math.min(trustedRecords, number);
        doubtful = true;
    }

    void trustAllRecords() {
        trustedRecords = ALL;
    }

    boolean trustsRecord(long number) {
        return number <= trustedRecords;
    }

    /** Whether something could not be written and nothing could since. */
    boolean isDoubtful() {
        return doubtful;
    }

    void doubt(boolean is) {
        doubtful = is;
    }

    boolean trusts(long version) {
        return version <= trusted;
    }
}
