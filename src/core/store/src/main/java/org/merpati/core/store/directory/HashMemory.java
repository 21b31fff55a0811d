package org.merpati.core.store.directory;

import java.lang.ref.SoftReference;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/**
 * The memory that Argon2 fills, kept for the next hash: made anew for each it would be 19 MiB of small objects that live just
 * long enough to be taken for old ones, and would make the heap as large as it may become. The collector takes back what nobody
 * has used for a while. Blocks are wiped when a hash is done with them.
 */
final class HashMemory {
    private final int blocks;
    private final ConcurrentLinkedDeque<SoftReference<BlockPool>> free = new ConcurrentLinkedDeque<>();

    /** @param blocks of 1 KiB, how many each hash has at the most; what one needs beyond them is not kept */
    HashMemory(int blocks) {
        this.blocks = blocks;
    }

    <R> R use(Function<BlockPool, R> hash) {
        var pool = take();
        try {
            return hash.apply(pool);
        } finally {
            free.push(new SoftReference<>(pool));
        }
    }

    private BlockPool take() {
        for (var next = free.poll(); next != null; next = free.poll()) {
            var pool = next.get();
            if (pool != null) {
                return pool;
            }
        }
        return new FixedBlockPool(blocks);
    }
}
