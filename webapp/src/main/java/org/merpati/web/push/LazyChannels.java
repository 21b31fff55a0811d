package org.merpati.web.push;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.merpati.web.base.Problem;
import org.merpati.web.base.Server;

/** A servlet's channels, which need the server's settings and so come with the first request. */
final class LazyChannels implements AutoCloseable {
    private final Supplier<Server> server;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable PushChannels channels;
    private boolean closed;

    LazyChannels(Supplier<Server> server) {
        this.server = server;
    }

    /** Throws a problem when the server is stopping. */
    PushChannels get() {
        lock.lock();
        try {
            if (closed) {
                throw Problem.of(503, "The server is stopping.");
            }
            var made = channels;
            if (made == null) {
                var platform = server.get().platform();
                made = new PushChannels(platform.config(), platform.watchers(), platform.clock());
                channels = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** Ends them all; nothing comes after. */
    @Override
    public void close() {
        PushChannels made;
        lock.lock();
        try {
            closed = true;
            made = channels;
        } finally {
            lock.unlock();
        }
        if (made != null) {
            made.close();
        }
    }
}
