package org.merpati.web.push;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.watch.Change;
import org.merpati.core.api.watch.Watch;
import org.merpati.core.api.watch.Watchers;
import org.merpati.core.jmap.ConcurrentRequests;
import org.merpati.web.base.Problem;

/** The clients that listen: how many there are of each user, what time it is for them, and their end. */
final class PushChannels implements AutoCloseable {
    private static final long GRACE_SECONDS = 5;

    private final InstantSource clock;
    private final Watchers watchers;
    private final ConcurrentRequests ofUser;
    private final boolean limited;
    private final int most;
    private final HomeThreads threads;
    private final Set<PushChannel> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();
    private volatile boolean closed;
    private int count;

    PushChannels(Config config, Watchers watchers, InstantSource clock) {
        this.clock = clock;
        this.watchers = watchers;
        this.limited = config.get(Settings.LIMITS_ENABLED);
        this.ofUser = new ConcurrentRequests(config.get(Settings.PUSH_STREAMS_PER_USER));
        this.most = config.get(Settings.PUSH_STREAMS);
        this.threads = HomeThreads.start(config.get(Settings.THREADS), this::tick);
    }

    /**
     * Room for one client, which closing it frees. From now on it is noticed when what the client signed in with is good no more;
     * so it has to be looked at once more.
     *
     * @throws org.merpati.web.base.ProblemException when there is none
     */
    Place enter(Principal caller) {
        lock.lock();
        try {
            if (closed || count == most) {
                throw Problem.of(503, closed ? "The server is stopping." : "Too many clients listen.");
            }
            count++;
        } finally {
            lock.unlock();
        }
        if (limited && !ofUser.enter(caller.name())) {
            release();
            throw Problem.of(429, "Too many clients of this user listen.");
        }
        return new Place(caller);
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

    /** One client's, before it listens and while it does. */
    final class Place implements AutoCloseable {
        private final String user;
        private final Optional<Watch> credentials;
        private final AtomicBoolean free = new AtomicBoolean();
        private volatile @Nullable PushChannel channel;
        private volatile boolean outdated;

        private Place(Principal caller) {
            user = caller.name();
            credentials = caller instanceof Principal.User somebody
                    ? Optional.of(watchers.watch(somebody.account()))
                    : Optional.empty();
            credentials.ifPresent(watch -> watch.onChange(() -> changed(watch)));
        }

        private void changed(Watch watch) {
            if (watch.take()
                    .filter(change -> change.kinds().contains(Change.Kind.CREDENTIALS))
                    .isPresent()) {
                outdated = true;
                var taken = channel;
                if (taken != null) {
                    taken.signOut();
                }
            }
        }

        /** For what the client's channel does. */
        Executor executor() {
            return threads.executor();
        }

        /** It is told the time from now on. */
        void take(PushChannel by) {
            channel = by;
            open.add(by);
            if (outdated) { // after channel was set: one of the two sees the other
                by.signOut();
            }
            if (closed) {
                by.end();
            }
        }

        /** What the client signed in with is of no interest any more. */
        void unwatch() {
            credentials.ifPresent(Watch::close);
        }

        @Override
        public void close() {
            if (!free.compareAndSet(false, true)) {
                return;
            }
            unwatch();
            var taken = channel;
            if (taken != null) {
                open.remove(taken);
            }
            if (limited) {
                ofUser.leave(user);
            }
            release();
        }
    }
}
