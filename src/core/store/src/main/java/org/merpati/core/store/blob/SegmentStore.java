package org.merpati.core.store.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.blob.FreeSpace;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;

/**
 * The blob store of one node: segment files in one folder, guarded by the data folder's lock.
 *
 * <p>A small blob is put together on the caller's thread and written with whatever else waits, under one fsync. A large
 * one gets its place first and is written there by its own thread, so that it holds up nobody.
 */
public final class SegmentStore implements BlobStore, AutoCloseable {
    private static final Logger LOG = System.getLogger(SegmentStore.class.getName());
    private static final int SMALL = 256 * 1024;

    private final Disk disk;
    private final Path folder;
    private final FreeSpace space;
    private final SegmentWriter writer;
    private final Map<Long, SegmentFile> files = new ConcurrentHashMap<>();

    private SegmentStore(Disk disk, Path folder, FreeSpace space, SegmentWriter writer) {
        this.disk = disk;
        this.folder = folder;
        this.space = space;
        this.writer = writer;
    }

    /** Opens or makes the folder; what a crash left at the end of a segment lies where no row points. */
    public static SegmentStore open(Path folder, FreeSpace space) throws IOException {
        return open(Disk.real(), folder, space);
    }

    /** The same on another disk; reading goes past it. */
    public static SegmentStore open(Disk disk, Path folder, FreeSpace space) throws IOException {
        Files.createDirectories(folder);
        disk.syncNames(folder);
        long last = 1;
        try (var names = Files.newDirectoryStream(folder, "*.seg")) {
            for (var path : names) {
                var name = path.getFileName().toString();
                if (name.matches("[0-9]{8,18}\\.seg")) {
                    last = Math.max(last, Long.parseLong(name, 0, name.length() - 4, 10));
                }
            }
        }
        return new SegmentStore(disk, folder, space, new SegmentWriter(disk, folder, last));
    }

    @Override
    public Blob append(Content content) throws IOException {
        long size = content.size();
        space.require(size);
        return size <= SMALL ? appendSmall(content, (int) size) : appendLarge(content, size);
    }

    @Override
    public InputStream open(BlobRef ref, long from, long length) throws IOException {
        var file = files.computeIfAbsent(ref.segment(), number -> new SegmentFile(SegmentWriter.path(folder, number)));
        return new BlobInput(file, ref, from, length);
    }

    @Override
    public void close() {
        writer.close();
        for (var file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "closing a segment: " + e);
            }
        }
    }

    private Blob appendSmall(Content content, int size) throws IOException {
        int prefix = RecordLayout.prefix(size);
        var record = new byte[prefix + size];
        try (var in = content.open()) {
            if (in.readNBytes(record, prefix, size) != size) {
                throw new EOFException("content is shorter than it says");
            }
        }
        var digest = sha256();
        digest.update(record, prefix, size);
        var hash = digest.digest();
        var checksums = new int[RecordLayout.blocks(size)];
        for (int i = 0; i < checksums.length; i++) {
            int from = i * RecordLayout.BLOCK;
            checksums[i] = RecordLayout.checksum(record, prefix + from, Math.min(RecordLayout.BLOCK, size - from));
        }
        System.arraycopy(RecordLayout.prefix(size, hash, checksums), 0, record, 0, prefix);
        return blob(writer.append(record), size, hash);
    }

    private Blob appendLarge(Content content, long size) throws IOException {
        var digest = sha256();
        var checksums = new int[RecordLayout.blocks(size)];
        var block = new byte[RecordLayout.BLOCK];
        var place = writer.reserve(RecordLayout.prefix(size) + size);
        try (var in = content.open();
                var file = disk.open(SegmentWriter.path(folder, place.segment()))) {
            long at = place.offset() + RecordLayout.prefix(size);
            for (int i = 0; i < checksums.length; i++) {
                int wanted = (int) Math.min(block.length, size - (long) i * block.length);
                if (in.readNBytes(block, 0, wanted) != wanted) {
                    throw new EOFException("content is shorter than it says");
                }
                digest.update(block, 0, wanted);
                checksums[i] = RecordLayout.checksum(block, 0, wanted);
                write(file, at, block, wanted);
                at += wanted;
            }
            var hash = digest.digest();
            var prefix = RecordLayout.prefix(size, hash, checksums);
            write(file, place.offset(), prefix, prefix.length);
            writer.sync(place);
            return blob(place, size, hash);
        }
    }

    private static void write(DiskFile file, long at, byte[] bytes, int length) throws NoSpaceException {
        try {
            file.write(at, bytes, 0, length);
        } catch (IOException e) {
            throw new NoSpaceException("the disk takes no writes: " + e.getMessage(), e);
        }
    }

    private static Blob blob(SegmentWriter.Place place, long size, byte[] hash) {
        return new Blob(new BlobRef(place.segment(), place.offset(), size), RecordLayout.hex(hash));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
