package org.merpati.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleMemoryTest {
    private static final long MB = 1 << 20;

    /** Of a process whose garbage is all above 30 MB. */
    private static final class Told implements IdleMemory.Self {
        private Duration cpu = Duration.ZERO;
        private long heap = 30 * MB;
        private int collections;

        @Override
        public Duration cpu() {
            return cpu;
        }

        @Override
        public long heap() {
            return heap;
        }

        @Override
        public void collect() {
            collections++;
            heap = 30 * MB;
            cpu = cpu.plusSeconds(1);
        }
    }

    private final Told process = new Told();
    private final IdleMemory memory = new IdleMemory(process);

    private int collectionsAfter(Duration work, long garbage) {
        process.cpu = process.cpu.plus(work);
        process.heap += garbage;
        memory.look();
        return process.collections;
    }

    @Test
    void garbageIsCollectedOnceNothingIsDoneAnyMore() {
        assertThat(collectionsAfter(Duration.ofSeconds(20), 400 * MB)).isZero();
        assertThat(collectionsAfter(Duration.ofMillis(100), 0)).isEqualTo(1);
        assertThat(collectionsAfter(Duration.ofMillis(100), 0)).isEqualTo(1);
    }

    @Test
    void littleGarbageStays() {
        assertThat(collectionsAfter(Duration.ZERO, 60 * MB)).isZero();
        assertThat(collectionsAfter(Duration.ZERO, 10 * MB)).isEqualTo(1);
    }

    @Test
    void whatIsLeftIsCountedFromTheJvmsOwnCollections() {
        assertThat(collectionsAfter(Duration.ofSeconds(20), 400 * MB)).isZero();
        assertThat(collectionsAfter(Duration.ofSeconds(20), -410 * MB)).isZero(); // 20 MB are left
        assertThat(collectionsAfter(Duration.ZERO, 70 * MB)).isEqualTo(1);
    }
}
