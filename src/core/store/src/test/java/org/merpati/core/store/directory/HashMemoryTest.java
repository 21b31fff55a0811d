package org.merpati.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.junit.jupiter.api.Test;

class HashMemoryTest {
    private long now;
    private final HashMemory memory = new HashMemory(4, () -> now);

    /** What two hashes at once are given. */
    private List<BlockPool> two() {
        return memory.use(first -> memory.use(second -> List.of(first, second)));
    }

    @Test
    void hashesUseTheMemoryOfThoseBefore() {
        var before = two();
        assertThat(before.getFirst()).isNotSameAs(before.getLast());
        now = HashMemory.KEPT.toNanos();
        assertThat(two()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void whatOnlyARushNeededGoes() {
        var before = two();
        now = HashMemory.KEPT.toNanos() + 1;
        var last = memory.use(pool -> pool);
        assertThat(before).contains(last);
        assertThat(two()).contains(last).doesNotContainAnyElementsOf(without(before, last));
    }

    private static List<BlockPool> without(List<BlockPool> pools, BlockPool one) {
        return pools.stream().filter(pool -> !pool.equals(one)).toList();
    }
}
