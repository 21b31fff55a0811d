package org.merpati.check.powercut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;

/**
 * A device with a cache that forgets. What is written lies in real files at once, where it is read; a second folder holds
 * what the device has for certain. {@link #cut} makes a folder as a power cut at this moment would leave it: of each block of
 * 4 KB that no force covers the new content, the old one, or a mixture of their sectors; lengths, names and removals that
 * no force covers likewise. The device also writes blocks early, so that older contents than the last may be left.
 */
final class CutDisk implements Disk {
    private static final int BLOCK = 4096;
    private static final int SECTOR = 512;
    private static final long FORCE_NANOS = 150_000;

    private final Path root;
    private final Path certain;
    private final Random random;
    private final Map<Path, State> states = new ConcurrentHashMap<>();
    /** Operations share it; a cut has it alone. */
    private final ReentrantReadWriteLock power = new ReentrantReadWriteLock(true);

    /** What lies in {@code root} already is certain. */
    CutDisk(Path root, Path certain, long seed) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.certain = certain.toAbsolutePath().normalize();
        this.random = new Random(seed);
        Files.createDirectories(this.root);
        Files.createDirectories(this.certain);
        try (var files = Files.walk(this.root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var state = state(file);
                var copy = state.copy;
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                state.named = true;
                state.length = Files.size(file);
                state.certainLength = state.length;
            }
        }
    }

    /** One file, whether a handle is open or not. */
    private static final class State {
        final ReentrantLock lock = new ReentrantLock();
        final Path copy;
        final BitSet dirty = new BitSet();
        long length;
        long certainLength;
        boolean named;
        boolean removed;

        State(Path copy) {
            this.copy = copy;
        }
    }

    private State state(Path file) {
        return states.computeIfAbsent(
                file.toAbsolutePath().normalize(),
                path -> new State(certain.resolve(root.relativize(path).toString())));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        power.readLock().lock();
        try {
            var state = state(file);
            state.lock.lock();
            try {
                Files.createDirectories(state.copy.getParent());
                if (state.removed) {
                    state.removed = false; // a new file by the name of one that is not gone for certain
                    state.length = 0;
                    state.dirty.set(0, (int) (state.certainLength / BLOCK + 1));
                }
                return new CutFile(state, Disk.real().open(file), Disk.real().open(state.copy));
            } finally {
                state.lock.unlock();
            }
        } finally {
            power.readLock().unlock();
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        power.readLock().lock();
        try {
            Disk.real().delete(file);
            var state = state(file);
            state.lock.lock();
            try {
                state.removed = true;
            } finally {
                state.lock.unlock();
            }
        } finally {
            power.readLock().unlock();
        }
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        var wanted = folder.toAbsolutePath().normalize();
        power.readLock().lock();
        try {
            for (var entry : java.util.List.copyOf(states.entrySet())) {
                if (wanted.equals(entry.getKey().getParent())) {
                    var state = entry.getValue();
                    state.lock.lock();
                    try {
                        if (state.removed) {
                            states.remove(entry.getKey());
                            Files.deleteIfExists(state.copy);
                        } else {
                            state.named = true;
                        }
                    } finally {
                        state.lock.unlock();
                    }
                }
            }
        } finally {
            power.readLock().unlock();
        }
    }

    /**
     * Makes the folder that a cut would leave now; everything goes on afterwards.
     *
     * @param keep how probably a block that no force covers is there all the same
     * @param torn whether blocks may be mixed of sectors
     */
    void cut(Path image, double keep, boolean torn, Random chance) throws IOException {
        power.writeLock().lock();
        try {
            Files.createDirectories(image);
            for (var entry : states.entrySet()) {
                var state = entry.getValue();
                boolean there = state.named || chance.nextDouble() < keep;
                if (there && (!state.removed || chance.nextDouble() >= keep)) {
                    var target = image.resolve(root.relativize(entry.getKey()).toString());
                    Files.createDirectories(target.getParent());
                    leave(state, entry.getKey(), target, keep, torn, chance);
                }
            }
        } finally {
            power.writeLock().unlock();
        }
    }

    private static void leave(State state, Path live, Path target, double keep, boolean torn, Random chance)
            throws IOException {
        Files.copy(state.copy, target);
        long length = chance.nextDouble() < keep ? state.length : state.certainLength;
        try (var out = Disk.real().open(target)) {
            out.resize(length);
            if (state.removed) {
                return;
            }
            try (var in = Disk.real().open(live)) {
                var block = new byte[BLOCK];
                var older = new byte[BLOCK];
                for (int number = state.dirty.nextSetBit(0); number >= 0; number = state.dirty.nextSetBit(number + 1)) {
                    long at = (long) number * BLOCK;
                    int size = (int) Math.min(BLOCK, length - at);
                    double dice = chance.nextDouble();
                    boolean mixed = torn && dice < 0.25;
                    if (size <= 0 || (!mixed && dice >= keep)) {
                        continue;
                    }
                    java.util.Arrays.fill(block, (byte) 0);
                    in.read(at, block, 0, size);
                    if (mixed) {
                        java.util.Arrays.fill(older, (byte) 0);
                        out.read(at, older, 0, size);
                        for (int sector = 0; sector < size; sector += SECTOR) {
                            if (chance.nextBoolean()) {
                                System.arraycopy(older, sector, block, sector, Math.min(SECTOR, size - sector));
                            }
                        }
                    }
                    out.write(at, block, 0, size);
                }
            }
        }
    }

    private final class CutFile implements DiskFile {
        private final State state;
        private final DiskFile live;
        private final DiskFile copy;

        CutFile(State state, DiskFile live, DiskFile copy) {
            this.state = state;
            this.live = live;
            this.copy = copy;
        }

        @Override
        public long size() throws IOException {
            return live.size();
        }

        @Override
        public int read(long at, byte[] into, int from, int length) throws IOException {
            return live.read(at, into, from, length);
        }

        @Override
        public void write(long at, byte[] bytes, int from, int length) throws IOException {
            power.readLock().lock();
            state.lock.lock();
            try {
                if (!state.dirty.isEmpty() && random.nextInt(4) == 0) {
                    writeEarly();
                }
                live.write(at, bytes, from, length);
                state.dirty.set((int) (at / BLOCK), (int) ((at + length + BLOCK - 1) / BLOCK));
                state.length = Math.max(state.length, at + length);
            } finally {
                state.lock.unlock();
                power.readLock().unlock();
            }
        }

        /** Caches do so on their own: one block, and with it nothing else. */
        private void writeEarly() throws IOException {
            int number = state.dirty.nextSetBit(random.nextInt(state.dirty.length()));
            if (number >= 0 && (long) number * BLOCK < state.certainLength) {
                copyBlock(number, Math.min(state.certainLength, state.length));
            }
        }

        private void copyBlock(int number, long end) throws IOException {
            long at = (long) number * BLOCK;
            int size = (int) Math.min(BLOCK, end - at);
            if (size > 0) {
                var block = new byte[size];
                live.read(at, block, 0, size);
                copy.write(at, block, 0, size);
            }
        }

        @Override
        public void resize(long size) throws IOException {
            power.readLock().lock();
            state.lock.lock();
            try {
                live.resize(size);
                if (size < state.length) {
                    state.dirty.set((int) (size / BLOCK), (int) (state.length / BLOCK + 1));
                }
                state.length = size;
            } finally {
                state.lock.unlock();
                power.readLock().unlock();
            }
        }

        @Override
        public void force() throws IOException {
            power.readLock().lock();
            try {
                state.lock.lock();
                try {
                    for (int number = state.dirty.nextSetBit(0);
                            number >= 0;
                            number = state.dirty.nextSetBit(number + 1)) {
                        copyBlock(number, state.length);
                    }
                    copy.resize(state.length);
                    state.certainLength = state.length;
                    state.dirty.clear();
                } finally {
                    state.lock.unlock();
                }
            } finally {
                power.readLock().unlock();
            }
            LockSupport.parkNanos(FORCE_NANOS);
        }

        @Override
        public boolean lock() throws IOException {
            return live.lock();
        }

        @Override
        public void close() throws IOException {
            try (copy) {
                live.close();
            }
        }
    }
}
