package org.merpati.core.smtp.stage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Threads on which plug-ins are asked, so many at once and no more: one that never answers costs a thread and a place in the
 * door, and when all are gone, everybody is refused until one comes back. Idle threads end by themselves.
 */
final class PlugInThreads {
    private static final Logger LOG = System.getLogger(PlugInThreads.class.getName());

    private final Duration deadline;
    private final Semaphore free;
    private final ExecutorService threads;

    PlugInThreads(Duration deadline, int most) {
        this.deadline = deadline;
        this.free = new Semaphore(most);
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE, // the semaphore says how many
                5,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform()
                        .name("merpati-plug-in-", 1)
                        .daemon(true)
                        .inheritInheritableThreadLocals(false)
                        .factory());
    }

    /** What the question comes to; empty, and a line in the log, when there is nothing by the deadline. */
    <T> Optional<T> ask(String about, Supplier<T> question) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            if (!free.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(Level.WARNING, () -> about + ": all threads for plug-ins are busy");
                return Optional.empty();
            }
            var answer = new CompletableFuture<T>();
            threads.execute(() -> {
                try {
                    answer.complete(question.get());
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                } finally {
                    free.release();
                }
            });
            return Optional.of(answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            LOG.log(Level.WARNING, () -> about + ": no answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, about + ": failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.log(Level.WARNING, () -> about + ": interrupted");
        }
        return Optional.empty();
    }
}
