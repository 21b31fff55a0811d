package org.merpati.core.store.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final long ROLL_AT = 256L << 20;
    private static final int MOVE_AT_ONCE = 4 << 20;
    private static final Pattern NAME = Pattern.compile("([0-9]{8,18})\\.seg");

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
        return open(disk, folder, space, ROLL_AT);
    }

    /** @param rollAt how long a segment gets, in octets, before the next one is begun */
    public static SegmentStore open(Disk disk, Path folder, FreeSpace space, long rollAt) throws IOException {
        Files.createDirectories(folder);
        disk.syncNames(folder);
        long last = numbers(folder).stream().reduce(1L, Math::max);
        return new SegmentStore(disk, folder, space, new SegmentWriter(disk, folder, last, rollAt));
    }

    @Override
    public Blob append(Content content) throws IOException {
        return begin(content).stored();
    }

    @Override
    public Begun begin(Content content) throws IOException {
        long size = content.size();
        space.require(size);
        if (size > SMALL) {
            var blob = appendLarge(content, size);
            return () -> blob;
        }
        var record = record(content, (int) size);
        var begun = writer.begin(record);
        return () -> blob(begun.place(), size, RecordLayout.sha256(record));
    }

    /**
     * A segment that is appended to no more.
     *
     * @param octets of its file, whatever is in them
     * @param written when something was last written to it: nothing in it is younger
     */
    public record Segment(long number, long octets, Instant written) {}

    /** In ascending order. */
    public List<Segment> closed() throws IOException {
        long current = writer.segment();
        var closed = new ArrayList<Segment>();
        for (long number : numbers(folder)) {
            if (number < current) {
                var path = SegmentWriter.path(folder, number);
                closed.add(new Segment(
                        number,
                        Files.size(path),
                        Files.getLastModifiedTime(path).toInstant()));
            }
        }
        return closed;
    }

    /** How much of a segment a blob of that size takes. */
    public static long space(long size) {
        return RecordLayout.prefix(size) + size;
    }

    /**
     * Stores blobs once more, at the end, on stable storage; where they were they stay until {@link #delete}. It does not
     * ask for free space, as it is what makes some.
     *
     * @return where they are now, in the order given
     * @throws IOException also when one of them can't be read as it was written
     */
    public List<Blob> copy(List<Blob> blobs) throws IOException {
        var copies = new ArrayList<Blob>();
        var records = new ArrayList<byte[]>();
        long waiting = 0;
        for (var blob : blobs) {
            var content = content(blob);
            boolean small = content.size() <= SMALL;
            if (small) {
                records.add(record(content, (int) content.size()));
                waiting += records.getLast().length;
            }
            if (!small || waiting >= MOVE_AT_ONCE) {
                copies.addAll(places(records, blobs.subList(copies.size(), copies.size() + records.size())));
                records.clear();
                waiting = 0;
            }
            if (!small) {
                copies.add(appendLarge(content, content.size()));
            }
        }
        copies.addAll(places(records, blobs.subList(copies.size(), blobs.size())));
        for (int i = 0; i < copies.size(); i++) {
            if (!copies.get(i).sha256().equals(blobs.get(i).sha256())) {
                throw new IOException("damaged: blob " + blobs.get(i).ref() + " has another SHA-256");
            }
        }
        return copies;
    }

    /** Removes a closed segment. Streams that are open on it go on; references into it are refused from now on. */
    public void delete(long segment) throws IOException {
        if (segment >= writer.segment()) {
            throw new IllegalArgumentException("segment " + segment + " is being written");
        }
        disk.delete(SegmentWriter.path(folder, segment));
        var file = files.remove(segment);
        if (file != null) {
            file.close();
        }
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

    private List<Blob> places(List<byte[]> records, List<Blob> blobs) throws IOException {
        var places = writer.append(records);
        var copies = new ArrayList<Blob>();
        for (int i = 0; i < places.size(); i++) {
            var hash = RecordLayout.sha256(records.get(i));
            copies.add(blob(places.get(i), blobs.get(i).ref().size(), hash));
        }
        return copies;
    }

    private Content content(Blob blob) {
        return new Content() {
            @Override
            public long size() {
                return blob.ref().size();
            }

            @Override
            public InputStream open() throws IOException {
                return SegmentStore.this.open(blob.ref(), 0, size());
            }
        };
    }

    /** A whole record, ready to be written. */
    private static byte[] record(Content content, int size) throws IOException {
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
        return record;
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

    private static List<Long> numbers(Path folder) throws IOException {
        try (var names = Files.list(folder)) {
            return names.map(path -> NAME.matcher(path.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Long.parseLong(name.group(1)))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
