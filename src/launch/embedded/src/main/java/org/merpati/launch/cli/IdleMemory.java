package org.merpati.launch.cli;

import java.time.Duration;

/**
 * Has garbage collected that nobody else would: a server that has had much to do, and then nothing, keeps the heap it needed,
 * as its collector runs only when memory is asked for. The launcher's flags give back what a collection frees. For one thread.
 */
final class IdleMemory {
    /** How often it is to be looked at. */
    static final Duration EVERY = Duration.ofSeconds(30);

    /** Of one core, below which a pause of some 100 ms is in nobody's way. */
    private static final double BUSY = 0.02;

    private static final long WORTH_IT = 64L << 20;

    /** What is looked at. */
    interface Self {
        Duration cpu();

        long heap();

        void collect();
    }

    private final Self self;
    private Duration cpu;
    private long heap;

    IdleMemory(Self self) {
        this.self = self;
        this.cpu = self.cpu();
        this.heap = self.heap();
    }

    static IdleMemory ofThisProcess() {
        return new IdleMemory(new ThisProcess());
    }

    /** Collects where nothing was done since the last look, and much was left since the last collection. */
    void look() {
        var now = self.cpu();
        boolean idle = now.minus(cpu).toNanos() < BUSY * EVERY.toNanos();
        cpu = now;
        if (idle && self.heap() - heap > WORTH_IT) {
            self.collect();
            heap = self.heap();
            cpu = self.cpu(); // less what that took
        } else {
            heap = Math.min(heap, self.heap()); // the JVM has collected by itself
        }
    }

    private static final class ThisProcess implements Self {
        @Override
        public Duration cpu() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        }

        @Override
        public long heap() {
            var runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }

        @Override
        public void collect() {
            System.gc();
        }
    }
}
