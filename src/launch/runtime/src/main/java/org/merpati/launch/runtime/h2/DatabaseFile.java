package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.merpati.core.api.disk.DiskFile;
import org.merpati.launch.runtime.h2.StoreHeader.Commit;

/**
 * H2's file on a {@link DiskFile}: what H2 calls written is durable when {@link #write} returns. The package comment says
 * how. Reads may come from any thread; everything else from one at a time that is never interrupted.
 */
final class DatabaseFile {
    private static final Logger LOG = System.getLogger(DatabaseFile.class.getName());
    private static final int BLOCK = StoreHeader.BLOCK;
    private static final int HEADERS = 2 * BLOCK;
    private static final byte[] CHUNK = {'c', 'h', 'u', 'n', 'k', ':'};
    private static final byte HIDDEN = '#';
    /** Zeros are written ahead, so that most commits change neither the file's size nor where its blocks lie. */
    private static final int AHEAD = 1 << 20;
    /** That much is given back to the disk at once. */
    private static final long GIVE_BACK = 4L * AHEAD;

    private final Path path;
    private final Mount mount;
    private final DiskFile file;
    private volatile long size;
    private volatile byte[] headers = new byte[HEADERS];
    private long allocated;
    private long newest = -1;
    /** The block that the next commit's header goes to: not the one that names the last durable commit. */
    private int next;
    /** Something lies in the file that no fsync covers and the next commit may refer to. */
    private boolean pending;
    /** The last commit's chunk was made visible since the last fsync; {@link #recover} does it again. */
    private boolean shownOnly;
    /** The blocks on disk say that the file was closed in order. */
    private boolean clean;

    private boolean failed;

    private final boolean readOnly;

    /** @param readOnly for a disk that takes no writes at the moment: what was durable is read as it is */
    DatabaseFile(Path path, Mount mount, boolean readOnly) throws IOException {
        this.path = path;
        this.mount = mount;
        this.readOnly = readOnly;
        this.file = readOnly ? new ReadOnlyFile(path) : mount.disk().open(path);
        try {
            recover();
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    long size() {
        return size;
    }

    boolean lock() throws IOException {
        return file.lock();
    }

    int read(long at, byte[] into, int from, int length) throws IOException {
        long end = size;
        if (at >= end) {
            return 0;
        }
        int wanted = (int) Math.min(length, end - at);
        int count = 0;
        if (at < HEADERS) {
            count = (int) Math.min(wanted, HEADERS - at);
            System.arraycopy(headers, (int) at, into, from, count);
        }
        return count == wanted ? count : count + file.read(at + count, into, from + count, wanted - count);
    }

    void write(long at, byte[] bytes) throws IOException {
        attempt(() -> {
            if (at < HEADERS) {
                writeHeaders(at, bytes);
            } else if (startsWith(bytes, CHUNK)) {
                writeChunk(at, bytes);
            } else {
                makeRoom(at + bytes.length);
                file.write(at, bytes, 0, bytes.length);
                pending = true;
                size = Math.max(size, at + bytes.length);
            }
        });
    }

    void truncate(long to) throws IOException {
        attempt(() -> {
            if (to < size) {
                size = to;
                if (allocated - to >= GIVE_BACK) {
                    forceAll(); // nothing that is durable may refer to what goes
                    file.resize(to);
                    allocated = to;
                    pending = true;
                }
            }
        });
    }

    void sync() throws IOException {
        attempt(this::forceAll);
    }

    /** A copy of every octet as it is, by the one that writes. */
    void keep(Path copy) throws IOException {
        sync();
        UpgradeCopy.make(file, mount.disk(), copy);
    }

    void close() throws IOException {
        try (file) {
            if (!failed && !readOnly) {
                if (clean && allocated > size) {
                    file.resize(size);
                    pending = true;
                }
                forceAll();
            }
        }
    }

    void abandon() throws IOException {
        giveUp();
        file.close();
    }

    /** Nothing is written to it any more, not even by {@link #close}. */
    void giveUp() {
        failed = true;
    }

    // --- opening

    private void recover() throws IOException {
        allocated = file.size();
        size = allocated;
        if (allocated < HEADERS) {
            size = 0; // not even H2's first header was durable: nothing was ever answered
            return;
        }
        var bytes = new byte[HEADERS];
        file.read(0, bytes, 0, HEADERS);
        var first = StoreHeader.parse(bytes, 0).filter(this::holds);
        var second = StoreHeader.parse(bytes, BLOCK).filter(this::holds);
        if (first.isEmpty() && second.isEmpty()) {
            if (!isBlank()) {
                // H2 would take what it finds, or nothing, for all there is
                throw new IOException(path + " is damaged: neither of its header blocks names a commit that is there");
            }
            size = 0;
            return;
        }
        boolean useSecond = first.isEmpty()
                || (second.isPresent() && second.get().version() > first.get().version());
        var chosen = (useSecond ? second : first).orElseThrow();
        next = useSecond ? 0 : 1;
        for (var header : List.of(first, second)) {
            var commit = header.flatMap(StoreHeader::commit);
            if (commit.isPresent()) {
                show(commit.get());
            }
        }
        newest = values(chosen);
        clean = chosen.isClean();
        // with only one block valid the file was not closed in order, whatever that block says
        present(first.isPresent() && second.isPresent() ? chosen : chosen.without("clean"));
    }

    private static long values(StoreHeader header) {
        return header.values().containsKey("chunk") ? header.version() : -1;
    }

    /** Whether the chunk that a header of ours names is there, octet for octet. A header of H2's own is believed. */
    private boolean holds(StoreHeader header) {
        if (!mount.trusts(header.version())) {
            return false;
        }
        var named = header.commit();
        if (named.isEmpty()) {
            return true;
        }
        var commit = named.get();
        long at = commit.block() * BLOCK;
        if (commit.length() <= 0 || at < HEADERS || at + commit.length() > allocated) {
            return false;
        }
        var bytes = new byte[commit.length()];
        try {
            if (file.read(at, bytes, 0, bytes.length) < bytes.length) {
                return false;
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, path.getFileName() + ": can't read the newest commit: " + e);
            return false;
        }
        bytes[0] = CHUNK[0];
        return crc(bytes) == commit.crc();
    }

    /** A cut between its fsync and the next one: the chunk may still be hidden, or visible only in memory. */
    private void show(Commit commit) throws IOException {
        if (readOnly) {
            return; // this process trusts only what it has shown already
        }
        file.write(commit.block() * BLOCK, CHUNK, 0, 1);
        pending = true;
    }

    /** Whether nothing but zeros was ever durable where H2's first headers go, and no chunk behind. */
    private boolean isBlank() throws IOException {
        var bytes = new byte[BLOCK];
        for (long at = 0; at < allocated; at += BLOCK) {
            int length = file.read(at, bytes, 0, BLOCK);
            for (int i = 0; i < length; i++) {
                if (bytes[i] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    // --- writing

    private void writeHeaders(long at, byte[] bytes) throws IOException {
        var header = at == 0 && bytes.length == HEADERS ? StoreHeader.parse(bytes, 0) : Optional.<StoreHeader>empty();
        if (header.isEmpty()) {
            throw new IOException("H2 writes no header as it is known to");
        }
        var given = header.get().plain();
        boolean older = values(given) < newest;
        if (size < HEADERS) {
            makeRoom(HEADERS);
            size = HEADERS;
            writeBoth(given);
            force();
            mount.disk().syncNames(path);
        } else if (given.isClean() && !older) {
            forceAll();
            writeBoth(given);
            clean = true;
        }
        // H2's header may name the commit before the last one; what is on disk is ours to say
        newest = Math.max(newest, values(given));
        if (!older) {
            present(given);
        }
    }

    private void writeChunk(long at, byte[] bytes) throws IOException {
        var values = StoreHeader.chunkHeader(bytes, 0, bytes.length);
        var version = StoreHeader.number(values, "version");
        var id = StoreHeader.number(values, "chunk");
        if (version.isEmpty() || id.isEmpty()) {
            throw new IOException("H2 writes no chunk as it is known to");
        }
        boolean commit = version.get() > newest; // otherwise compaction moves an older one
        if (clean) {
            var now = shown().without("clean");
            writeBoth(now);
            present(now);
            clean = false;
            pending = true;
        }
        if (pending) {
            force();
        }
        makeRoom(at + bytes.length);
        int crc = crc(bytes);
        bytes[0] = HIDDEN;
        file.write(at, bytes, 0, bytes.length);
        pending = true;
        StoreHeader header = null;
        if (commit) {
            header = shown().naming(new Commit(version.get(), id.get().intValue(), at / BLOCK, bytes.length, crc));
            file.write((long) next * BLOCK, header.bytes(), 0, BLOCK);
        }
        force();
        file.write(at, CHUNK, 0, 1);
        size = Math.max(size, at + bytes.length);
        if (header == null) {
            pending = true; // the commit that comes refers to it, and only the last two are looked after
        } else {
            shownOnly = true;
            newest = version.get();
            next = 1 - next;
            present(header);
            mount.trustAll();
        }
    }

    private void writeBoth(StoreHeader header) throws IOException {
        file.write(0, twice(header), 0, HEADERS);
        pending = true;
    }

    private static byte[] twice(StoreHeader header) throws IOException {
        var block = header.bytes();
        var both = Arrays.copyOf(block, HEADERS);
        System.arraycopy(block, 0, both, BLOCK, BLOCK);
        return both;
    }

    private StoreHeader shown() throws IOException {
        return StoreHeader.parse(headers, 0).orElseThrow(() -> new IOException("the database has no header"));
    }

    /** What H2 reads in both blocks. */
    private void present(StoreHeader header) throws IOException {
        headers = twice(header.plain());
    }

    private void makeRoom(long end) throws IOException {
        if (end > allocated) {
            long to = (end + AHEAD) / AHEAD * AHEAD;
            var zeros = new byte[AHEAD];
            for (long at = allocated; at < to; at += AHEAD) {
                file.write(at, zeros, 0, (int) Math.min(AHEAD, to - at));
            }
            allocated = to;
        }
    }

    private void force() throws IOException {
        if (pending) {
            file.force();
            pending = false;
            shownOnly = false;
        }
    }

    private void forceAll() throws IOException {
        pending |= shownOnly;
        force();
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length > beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void attempt(Step step) throws IOException {
        if (readOnly) {
            throw new IOException("the database is open for reading alone");
        }
        if (failed) {
            throw new IOException("the database file failed before and must be opened again");
        }
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            failed = true;
            mount.trustUpTo(Math.max(0, newest));
            LOG.log(Level.ERROR, "can't write " + path.getFileName() + ": " + e);
            throw e;
        }
    }
}
