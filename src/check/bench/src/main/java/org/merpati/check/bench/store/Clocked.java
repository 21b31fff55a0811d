package org.merpati.check.bench.store;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/**
 * How long each of some operations took, in nanoseconds.
 *
 * @param sorted ascending
 * @param took all of them together, as they ran beside one another
 * @param cpu this process's: with H2 all there is, with another database the client's half
 */
record Clocked(List<Long> sorted, Duration took, Duration cpu) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** One step of the work measured; {@code thread} counts from 0, {@code round} from 0 in each thread. */
    interface Work {
        void run(int thread, int round);
    }

    /** As often as it goes in that time, by so many threads at once. */
    static Clocked during(Duration time, int threads, Work work) {
        var nanos = new long[threads][];
        var failure = new AtomicReference<Throwable>();
        var done = new CountDownLatch(threads);
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            Thread.ofPlatform().start(() -> {
                try {
                    nanos[thread] = loop(round -> work.run(thread, round), start + time.toNanos(), Integer.MAX_VALUE);
                } catch (RuntimeException | Error e) {
                    failure.set(e);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return of(Arrays.stream(nanos).flatMapToLong(Arrays::stream), start, cpu);
    }

    /** So often, by one thread. */
    static Clocked times(int rounds, IntConsumer work) {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        return of(Arrays.stream(loop(work, Long.MAX_VALUE, rounds)), start, cpu);
    }

    /** So often, by one thread; what is done before each time is not in the times. */
    static Clocked times(int rounds, Runnable before, IntConsumer work) {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        var times = LongStream.builder();
        for (int round = 0; round < rounds; round++) {
            before.run();
            long begun = System.nanoTime();
            work.accept(round);
            times.add(System.nanoTime() - begun);
        }
        return of(times.build(), start, cpu);
    }

    /** So many a second until then ({@link System#nanoTime}), by this thread; what comes late is caught up with. */
    static Clocked paced(int rate, long end, Runnable work) {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        var times = LongStream.builder();
        for (long due = start; due < end && System.nanoTime() < end; due += 1_000_000_000L / rate) {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            long before = System.nanoTime();
            work.run();
            times.add(System.nanoTime() - before);
        }
        return of(times.build(), start, cpu);
    }

    private static long[] loop(IntConsumer work, long end, int rounds) {
        var times = LongStream.builder();
        for (int round = 0; round < rounds; round++) {
            long before = System.nanoTime();
            if (before >= end) {
                break;
            }
            work.accept(round);
            times.add(System.nanoTime() - before);
        }
        return times.build().toArray();
    }

    private static Clocked of(LongStream nanos, long start, long cpuBefore) {
        var took = Duration.ofNanos(System.nanoTime() - start);
        return new Clocked(
                nanos.sorted().boxed().toList(), took, Duration.ofNanos(SYSTEM.getProcessCpuTime() - cpuBefore));
    }

    double perSecond() {
        return sorted.size() / (took.toNanos() / 1e9);
    }

    /** @param part 0.5 for the median */
    double milliseconds(double part) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(part * sorted.size()))) / 1e6;
    }

    String rate() {
        return String.format(
                Locale.ROOT,
                "%,.0f/s (%.2f, %.2f; %.2f ms)",
                perSecond(),
                milliseconds(0.5),
                milliseconds(0.99),
                cpu.toNanos() / 1e6 / Math.max(1, sorted.size()));
    }

    String median() {
        return String.format(Locale.ROOT, "%.2f ms", milliseconds(0.5));
    }
}
