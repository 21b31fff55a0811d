package org.merpati.adapter.net;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.merpati.core.api.blob.FreeSpace;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.ByteSize;

/**
 * Free space of the data folder's disk. The disk is asked once a second at most; in between, what was granted is counted
 * off.
 */
public final class DiskSpace implements FreeSpace {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final LongSupplier usable;
    private final long watermark;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Instant asked = Instant.MIN;
    private long left;

    DiskSpace(LongSupplier usable, ByteSize watermark, InstantSource clock) {
        this.usable = usable;
        this.watermark = watermark.octets();
        this.clock = clock;
    }

    /** The disk that the folder, which is there, lies on. */
    public static DiskSpace of(Path folder, ByteSize watermark, InstantSource clock) {
        return new DiskSpace(folder.toFile()::getUsableSpace, watermark, clock);
    }

    @Override
    public void require(long octets) throws NoSpaceException {
        lock.lock();
        try {
            var now = clock.instant();
            // a clock set back makes the old reading worthless too
            if (now.isBefore(asked) || asked.equals(Instant.MIN) || !now.isBefore(asked.plus(FRESH))) {
                left = usable.getAsLong();
                asked = now;
            }
            if (left - octets < watermark) {
                throw new NoSpaceException("the disk has " + left + " octets left, and disk.watermark is " + watermark);
            }
            left -= octets;
        } finally {
            lock.unlock();
        }
    }
}
