package org.merpati.launch.runtime.h2;

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
    private static final Map<Path, Mount> MOUNTS = new ConcurrentHashMap<>();
    private static final long ALL = Long.MAX_VALUE;

    private final Disk disk;
    private final Turn turn = new Turn();
    private final ReentrantLock groupLock = new ReentrantLock();
    private @Nullable GroupCommit group;
    private volatile long trusted = ALL;

    private Mount(Disk disk) {
        this.disk = disk;
    }

    static void put(Path file, Disk disk) {
        MOUNTS.put(file.toAbsolutePath().normalize(), new Mount(disk));
    }

    static void remove(Path file) {
        MOUNTS.remove(file.toAbsolutePath().normalize());
    }

    /** The real disk for a file that nobody named. */
    static Mount of(Path file) {
        return MOUNTS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new Mount(Disk.real()));
    }

    Turn turn() {
        return turn;
    }

    /** Of the database as it is open now. */
    GroupCommit groupCommit(MVStore store) {
        groupLock.lock();
        try {
            var known = group;
            if (known == null || !known.isOf(store)) {
                known = new GroupCommit(store);
                group = known;
            }
            return known;
        } finally {
            groupLock.unlock();
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
