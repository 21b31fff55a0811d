package org.merpati.adapter.net;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The network's own threads, as many as there are tasks: virtual, or platform ones that are used again. Daemons, never
 * interrupted. Their context class loader is that of the thread that made this object; they inherit nothing else of a
 * container's thread.
 */
final class ConnectionThreads {
    private static final System.Logger LOG = System.getLogger(ConnectionThreads.class.getName());

    private final ExecutorService executor;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    ConnectionThreads(boolean virtual) {
        executor = virtual
                ? Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().inheritInheritableThreadLocals(false).factory())
                : new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        30,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform()
                                .daemon()
                                .inheritInheritableThreadLocals(false)
                                .factory());
    }

    /**
     * Runs the task on a thread of that name; what it throws is logged.
     *
     * @throws RejectedExecutionException after {@link #close}
     * @throws OutOfMemoryError when the system gives no more threads
     */
    void run(String name, Runnable task) {
        executor.execute(() -> {
            var thread = Thread.currentThread();
            thread.setName("merpati-" + name);
            thread.setContextClassLoader(loader);
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, name + ": failed", e);
            } finally {
                thread.setName("merpati-free");
            }
        });
    }

    /** Takes no more tasks and waits for the threads to end. Whether all did. */
    boolean close(Duration wait) {
        executor.shutdown();
        return Waiting.upTo(wait, left -> executor.awaitTermination(left, TimeUnit.NANOSECONDS));
    }
}
