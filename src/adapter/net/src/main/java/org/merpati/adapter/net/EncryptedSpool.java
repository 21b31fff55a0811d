package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.INFO;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.merpati.core.api.blob.FreeSpace;
import org.merpati.core.api.config.ByteSize;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.api.spool.Spooled;

/**
 * The spool: small messages on the heap under one budget, others in encrypted files of a folder that it has for itself.
 * What a process before this one left there is deleted: nobody has its key.
 */
public final class EncryptedSpool implements Spool {
    private static final System.Logger LOG = System.getLogger(EncryptedSpool.class.getName());
    private static final String SUFFIX = ".spool";

    private final Path folder;
    private final HeapBudget budget;
    private final long share;
    private final FreeSpace disk;
    private final SpoolCipher cipher = new SpoolCipher();
    private final AtomicLong numbers = new AtomicLong();

    private EncryptedSpool(Path folder, HeapBudget budget, long share, FreeSpace disk) {
        this.folder = folder;
        this.budget = budget;
        this.share = share;
        this.disk = disk;
    }

    /**
     * Opens the spool of this folder, which no other process may use.
     *
     * @param heap for all messages together
     * @param messageHeap for one of them
     */
    public static EncryptedSpool open(Path folder, ByteSize heap, ByteSize messageHeap, FreeSpace disk)
            throws IOException {
        OwnerOnly.folder(folder);
        int count = 0;
        try (var leftovers = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var leftover : leftovers) {
                Files.delete(leftover);
                count++;
            }
        }
        if (count > 0) {
            LOG.log(INFO, "deleted " + count + " unfinished messages of the process before from " + folder);
        }
        long share = Math.min(messageHeap.octets(), 1 << 30);
        return new EncryptedSpool(folder, new HeapBudget(heap.octets()), share, disk);
    }

    @Override
    public Spooled create() throws IOException {
        return create(0);
    }

    @Override
    public Spooled create(long octets) throws IOException {
        disk.require(octets);
        return new SpoolEntry(budget, share, octets, this::createFile);
    }

    /** Octets of the heap budget that nobody holds. */
    long heapLeft() {
        return budget.left();
    }

    private SpoolFile createFile() throws IOException {
        long number = numbers.incrementAndGet();
        var path = OwnerOnly.file(folder.resolve(number + SUFFIX));
        return new SpoolFile(path, () -> cipher.of(number), disk);
    }
}
