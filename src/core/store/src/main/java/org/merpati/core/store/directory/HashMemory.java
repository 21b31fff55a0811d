package org.merpati.core.store.directory;

import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/**
 * The memory that Argon2 fills, kept for the next hash: made anew for each it would be 19 MiB of small objects that live just
 * long enough to be taken for old ones, and would make the heap as large as it may become. What only a rush of logins needed goes
 * with the first hash after {@link #KEPT}, and the collector takes back the rest when nobody has used it for a while. Blocks are
 * wiped when a hash is done with them.
 */
final class HashMemory {
    /** How long the memory of one hash waits behind that of others. */
    static final Duration KEPT = Duration.ofSeconds(30);

    private final int blocks;
    private final LongSupplier nanos;
    private final ConcurrentLinkedDeque<Free> free = new ConcurrentLinkedDeque<>(); // the one used last first

    private record Free(SoftReference<BlockPool> pool, long since) {}

    /** @param blocks of 1 KiB, how many each hash has at the most; what one needs beyond them is not kept */
    HashMemory(int blocks, LongSupplier nanos) {
        this.blocks = blocks;
        this.nanos = nanos;
    }

    <R> R use(Function<BlockPool, R> hash) {
        var pool = take();
        try {
            return hash.apply(pool);
        } finally {
            long now = nanos.getAsLong();
            free.removeIf(idle -> now - idle.since() > KEPT.toNanos());
            free.push(new Free(new SoftReference<>(pool), now));
        }
    }

    private BlockPool take() {
        for (var next = free.poll(); next != null; next = free.poll()) {
            var pool = next.pool().get();
            if (pool != null) {
                return pool;
            }
        }
        return new FixedBlockPool(blocks);
    }
}
