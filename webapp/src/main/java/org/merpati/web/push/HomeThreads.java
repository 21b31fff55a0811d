package org.merpati.web.push;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.merpati.core.api.config.ThreadKind;

/** Where short tasks run: on threads of the container, which know its names and its class loaders, or else on our own. */
final class HomeThreads implements AutoCloseable {
    private static final int PLATFORM_THREADS = 64;
    private static final long IDLE_SECONDS = 30;
    private static final long TICK_MILLIS = 250;

    private final ExecutorService tasks;
    private final ScheduledExecutorService clock;
    private final boolean own;
    private final ScheduledFuture<?> ticking;

    private HomeThreads(ExecutorService tasks, ScheduledExecutorService clock, boolean own, Runnable tick) {
        this.tasks = tasks;
        this.clock = clock;
        this.own = own;
        this.ticking = clock.scheduleWithFixedDelay(tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Called on a thread of the container, where its names are known.
     *
     * @param tick is run four times a second; it returns at once
     */
    @SuppressWarnings("BanJNDI") // constant java: names of this container
    static HomeThreads start(ThreadKind kind, Runnable tick) {
        try {
            ExecutorService tasks = InitialContext.doLookup("java:comp/DefaultManagedExecutorService");
            ScheduledExecutorService clock =
                    InitialContext.doLookup("java:comp/DefaultManagedScheduledExecutorService");
            return new HomeThreads(tasks, clock, false, tick);
        } catch (NamingException e) { // no container
            var factory = (kind.virtual()
                            ? Thread.ofVirtual()
                            : Thread.ofPlatform().daemon())
                    .name("push-", 0)
                    .factory();
            var tasks = kind.virtual() ? Executors.newThreadPerTaskExecutor(factory) : few(factory);
            var clock = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("push-clock").factory());
            return new HomeThreads(tasks, clock, true, tick);
        }
    }

    private static ExecutorService few(ThreadFactory factory) {
        var tasks = new ThreadPoolExecutor(
                PLATFORM_THREADS,
                PLATFORM_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory);
        tasks.allowCoreThreadTimeOut(true);
        return tasks;
    }

    Executor executor() {
        return tasks;
    }

    /** Tasks that were given are still run. */
    @Override
    public void close() {
        ticking.cancel(false);
        if (own) {
            clock.shutdown();
            tasks.shutdown();
        }
    }
}
