package org.merpati.core.store.blob;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.DiskFile;

/**
 * The one thread that appends to segments and makes them durable: whatever has gathered while the disk was busy is written
 * in one go and covered by one fsync. A thread of its own, so that no interrupt ever meets an fsync.
 */
final class SegmentWriter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SegmentWriter.class.getName());
    private static final int BATCH = 4 << 20;
    private static final byte[] ZEROS = new byte[1 << 20];
    /** What is written at once, in octets, up to which the file's growth is most of what an fsync costs. */
    private static final int LITTLE = 64 * 1024;

    /** Where an append or a reservation lies. */
    record Place(long segment, long offset) {}

    private sealed interface Request {
        CompletableFuture<Place> done();
    }

    /** A whole record, small enough for the heap. */
    private record Append(ByteBuffer bytes, CompletableFuture<Place> done) implements Request {}

    /** Room for a large record, which its own thread fills before it asks for {@link Sync}. */
    private record Reserve(long length, CompletableFuture<Place> done) implements Request {}

    private record Sync(Place place, CompletableFuture<Place> done) implements Request {}

    private record Stop(CompletableFuture<Place> done) implements Request {}

    private final Disk disk;
    private final Path folder;
    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final ByteBuffer batch = ByteBuffer.allocate(BATCH);
    private final long rollAt;
    private volatile long segment;
    private long tail;
    private long allocated; // the file is that long; behind the tail there are zeros
    private @Nullable DiskFile channel;
    private volatile boolean closed;

    /** @param rollAt how long a segment gets, in octets, before the next one is begun */
    SegmentWriter(Disk disk, Path folder, long segment, long rollAt) throws IOException {
        this.disk = disk;
        this.folder = folder;
        this.rollAt = rollAt;
        this.segment = segment;
        openSegment();
        this.thread = Thread.ofPlatform().name("merpati-segments").daemon(true).unstarted(this::run);
        thread.start();
    }

    static Path path(Path folder, long segment) {
        return folder.resolve(String.format("%08d.seg", segment));
    }

    /** A record that is being written. */
    @FunctionalInterface
    interface Begun {
        /** Durable when this returns. */
        Place place() throws IOException;
    }

    /** Returns at once; whoever wrote the record leaves it alone from now on. */
    Begun begin(byte[] record) throws IOException {
        var request = submit(new Append(ByteBuffer.wrap(record), new CompletableFuture<>()));
        return () -> join(request);
    }

    /** Several, under one fsync or few. Durable when this returns. */
    List<Place> append(List<byte[]> records) throws IOException {
        var begun = new ArrayList<Begun>();
        for (var record : records) {
            begun.add(begin(record));
        }
        var places = new ArrayList<Place>();
        for (var one : begun) {
            places.add(one.place());
        }
        return places;
    }

    /** The one that is appended to; those before it are written no more, but for large records begun in them. */
    long segment() {
        return segment;
    }

    Place reserve(long length) throws IOException {
        return await(new Reserve(length, new CompletableFuture<>()));
    }

    /** Everything written to the place's segment so far is durable when this returns. */
    void sync(Place place) throws IOException {
        await(new Sync(place, new CompletableFuture<>()));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            queue.add(new Stop(new CompletableFuture<>()));
            joinUninterruptibly();
        }
    }

    private Place await(Request request) throws IOException {
        return join(submit(request));
    }

    private Request submit(Request request) throws IOException {
        if (closed) {
            throw new IOException("the blob store is closed");
        }
        queue.add(request);
        return request;
    }

    private static Place join(Request request) throws IOException {
        try {
            return request.done().join();
        } catch (java.util.concurrent.CompletionException e) {
            switch (e.getCause()) {
                case NoSpaceException full -> throw full;
                case null, default -> throw new IOException("can't append to segments", e.getCause());
            }
        }
    }

    private void run() {
        var requests = new ArrayList<Request>();
        while (true) {
            requests.clear();
            try {
                requests.add(queue.take());
            } catch (InterruptedException e) {
                continue; // nobody may stop this thread but close()
            }
            queue.drainTo(requests);
            boolean stop = requests.stream().anyMatch(Stop.class::isInstance);
            serve(requests);
            if (stop) {
                var late = new ArrayList<Request>();
                queue.drainTo(late);
                late.forEach(
                        request -> request.done().completeExceptionally(new IOException("the blob store is closed")));
                closeChannel();
                return;
            }
        }
    }

    private void serve(List<Request> requests) {
        var places = new ArrayList<Place>(requests.size());
        long durableTail = tail;
        try {
            if (channel == null) {
                openSegment(); // it could not be opened before
            } else if (tail >= rollAt) {
                roll();
            }
            durableTail = tail;
            boolean dirty = false;
            for (var request : requests) {
                var place = switch (request) {
                    case Append append -> {
                        var at = new Place(segment, tail + batch.position());
                        put(append.bytes());
                        dirty = true;
                        yield at;
                    }
                    case Reserve reserve -> {
                        writeBatch();
                        var at = new Place(segment, tail);
                        tail += reserve.length();
                        yield at;
                    }
                    case Sync sync -> {
                        dirty |= sync.place().segment() == segment;
                        if (sync.place().segment() != segment) {
                            syncOther(sync.place().segment());
                        }
                        yield sync.place();
                    }
                    case Stop stop -> new Place(segment, tail);
                };
                places.add(place);
            }
            writeBatch();
            if (dirty) {
                channel().force();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "can't write segment " + segment + ": " + e);
            fail(requests, e, durableTail);
            return;
        }
        for (int i = 0; i < requests.size(); i++) {
            requests.get(i).done().complete(places.get(i));
        }
    }

    /**
     * After a failed write or fsync nothing is known of the segment's end: go on in a new one, or from the beginning where
     * nobody was given a place yet, so that a disk that stays full does not fill with empty files.
     */
    private void fail(List<Request> requests, Exception cause, long durableTail) {
        batch.clear();
        var refusal = new NoSpaceException("the disk takes no writes: " + cause.getMessage(), cause);
        if (channel != null && durableTail == 0) {
            tail = 0;
        } else if (channel != null) {
            try {
                roll();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, () -> "segment " + segment + " is opened later: " + e);
            }
        }
        requests.forEach(request -> request.done().completeExceptionally(refusal));
    }

    private void put(ByteBuffer record) throws IOException {
        if (record.remaining() > batch.remaining()) {
            writeBatch();
        }
        if (record.remaining() > batch.capacity()) {
            throw new IOException("a record of " + record.remaining() + " octets is too large for a batch");
        }
        batch.put(record);
    }

    private void writeBatch() throws IOException {
        batch.flip();
        int length = batch.remaining();
        if (length > 0) {
            channel().write(tail, batch.array(), 0, length);
            tail += length;
            if (tail > allocated) {
                allocated = tail;
                if (length <= LITTLE) {
                    makeRoom(channel());
                }
            }
        }
        batch.clear();
    }

    /**
     * Zeros are written ahead of little records, so that most of their fsyncs change neither the file's size nor where it
     * lies; not beyond where the segment ends anyway.
     */
    private void makeRoom(DiskFile file) {
        int room = Math.clamp(rollAt - allocated, 0, ZEROS.length);
        try {
            file.write(allocated, ZEROS, 0, room);
            allocated += room;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "no room ahead in segment " + segment + ": " + e);
        }
    }

    private void roll() throws IOException {
        closeChannel();
        long next = segment + 1;
        segment = next;
        openSegment();
    }

    private void openSegment() throws IOException {
        var opened = disk.open(path(folder, segment));
        try {
            tail = opened.size();
            allocated = tail;
            disk.syncFolder(folder); // the file's name is as durable as its bytes, also if that failed before
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        channel = opened;
    }

    private DiskFile channel() throws IOException {
        var open = channel;
        if (open == null) {
            throw new IOException("no segment is open");
        }
        return open;
    }

    private void closeChannel() {
        var open = channel;
        channel = null;
        if (open != null) {
            try (open) {
                if (allocated > tail) {
                    open.resize(tail);
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "closing segment " + segment + ": " + e);
            }
        }
    }

    private void syncOther(long number) throws IOException {
        try (var file = disk.open(path(folder, number))) {
            file.force();
        }
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
