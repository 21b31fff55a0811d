package org.merpati.web.push;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.jmap.ConcurrentRequests;
import org.merpati.web.base.Problem;

/** The clients that listen: how many there are of each user, what time it is for them, and their end. */
final class PushChannels implements AutoCloseable {
    private static final long GRACE_SECONDS = 5;

    private final InstantSource clock;
    private final ConcurrentRequests ofUser;
    private final boolean limited;
    private final int most;
    private final HomeThreads threads;
    private final Set<PushChannel> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();
    private volatile boolean closed;
    private int count;

    PushChannels(Config config, InstantSource clock) {
        this.clock = clock;
        this.limited = config.get(Settings.LIMITS_ENABLED);
        this.ofUser = new ConcurrentRequests(config.get(Settings.PUSH_STREAMS_PER_USER));
        this.most = config.get(Settings.PUSH_STREAMS);
        this.threads = HomeThreads.start(config.get(Settings.THREADS), this::tick);
    }

    Executor executor() {
        return threads.executor();
    }

    /** Makes room for one, which {@link #leave} frees; throws a problem when there is none. */
    void enter(String user) {
        lock.lock();
        try {
            if (closed || count == most) {
                throw Problem.of(503, closed ? "The server is stopping." : "Too many clients listen.");
            }
            count++;
        } finally {
            lock.unlock();
        }
        if (limited && !ofUser.enter(user)) {
            release();
            throw Problem.of(429, "Too many clients of this user listen.");
        }
    }

    void leave(String user) {
        if (limited) {
            ofUser.leave(user);
        }
        release();
    }

    private void release() {
        lock.lock();
        try {
            count--;
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void add(PushChannel channel) {
        open.add(channel);
        if (closed) {
            channel.end();
        }
    }

    void remove(PushChannel channel) {
        open.remove(channel);
    }

    int size() {
        return open.size();
    }

    private void tick() {
        var now = clock.instant();
        open.forEach(channel -> channel.tick(now));
    }

    /** Ends them all, and returns when they are gone or a few seconds have passed. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            open.forEach(PushChannel::end);
            long left = TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
            while (count > 0 && left > 0) {
                left = gone.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
            threads.close();
        }
    }
}
