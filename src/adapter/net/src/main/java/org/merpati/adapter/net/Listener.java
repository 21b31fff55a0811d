package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.merpati.adapter.net.proxy.ProxyHeaderException;
import org.merpati.core.api.config.TlsMode;
import org.merpati.core.api.session.StoppingException;

/**
 * One listener: {@link #open} binds its ports, {@link #start} begins to accept, {@link #close} ends it. Until it is started,
 * clients wait in the system's queue. An accepted connection has one thread, on which the protocol runs from greeting to
 * goodbye.
 */
final class Listener {
    private static final System.Logger LOG = System.getLogger(Listener.class.getName());

    /** Refusals said at once; beyond that connections are closed without a word. */
    private static final int REFUSALS = 64;
    /** How long threads may take to end after their sockets are closed. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** For the whole process, so that a connection's id is found once in a log of several servers. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String name;
    private final List<ServerSocket> sockets;
    private final int port;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock lifecycle = new ReentrantLock();
    private @Nullable Running running;

    private Listener(String name, List<ServerSocket> sockets) {
        this.name = name;
        this.sockets = sockets;
        this.port = sockets.getFirst().getLocalPort();
    }

    /**
     * Binds; clients that connect wait until {@link #start}.
     *
     * @param name stands in connection ids
     * @param setting of the port, for the message of a conflict
     */
    static Listener open(String name, String setting, ListenerAddress address) throws IOException {
        return new Listener(name, BoundSockets.open(setting, address));
    }

    /** The port bound. */
    int port() {
        return port;
    }

    /** The addresses bound, as people write them. */
    List<String> addresses() {
        return sockets.stream()
                .map(socket -> BoundSockets.shown(socket.getInetAddress()))
                .toList();
    }

    /** How many connections there are now, those being refused among them. */
    int connections() {
        lifecycle.lock();
        try {
            return running == null ? 0 : running.connections.size();
        } finally {
            lifecycle.unlock();
        }
    }

    /** Begins to accept. Without effect once closed. */
    void start(Service service) {
        lifecycle.lock();
        try {
            if (running != null) {
                throw new IllegalStateException(name + " is started already");
            }
            if (closed.getCount() > 0) {
                running = new Running(service);
                running.begin();
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Frees the ports, says farewell to sessions between commands, and lets the others finish what they are at, all within
     * the grace; what is left then is cut off. Returns when it is over; may be called again.
     */
    void close(Duration grace) {
        Running now;
        lifecycle.lock();
        try {
            boolean first = closed.getCount() > 0;
            closed.countDown();
            BoundSockets.close(sockets);
            now = first ? running : null;
        } finally {
            lifecycle.unlock();
        }
        if (now != null) {
            now.end(grace);
        }
    }

    /** A listener that accepts. */
    private final class Running {
        private final Service service;
        private final ConnectionThreads threads;
        private final Admission admission;
        private final Semaphore refusals = new Semaphore(REFUSALS);
        private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
        private final CountDownLatch watchDone = new CountDownLatch(1);
        private final List<Thread> own;

        Running(Service service) {
            this.service = service;
            threads = new ConnectionThreads(service.threads().virtual());
            admission = new Admission(service.limits());
            var accepting = sockets.stream().map(socket -> thread("accept", () -> accept(socket)));
            own = Stream.concat(accepting, Stream.of(thread("watch", this::watch)))
                    .toList();
        }

        void begin() {
            own.forEach(Thread::start);
        }

        private Thread thread(String role, Runnable task) {
            return Thread.ofPlatform()
                    .name("merpati-" + name + "-" + role)
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .unstarted(task);
        }

        private void accept(ServerSocket server) {
            boolean told = false;
            while (closed.getCount() > 0) {
                try {
                    var socket = server.accept();
                    told = false;
                    take(socket);
                } catch (IOException | OutOfMemoryError e) {
                    if (closed.getCount() == 0) {
                        return;
                    }
                    if (!told) {
                        // out of file descriptors or threads is a bad minute, not the end of the listener
                        LOG.log(WARNING, name + ": can't accept, trying again: " + e);
                        told = true;
                    }
                    Waiting.upTo(PAUSE, left -> closed.await(left, TimeUnit.NANOSECONDS));
                }
            }
        }

        /** Hands the socket to a thread of its own; never waits for the client. */
        private void take(Socket socket) {
            var client = socket.getInetAddress();
            boolean proxied = service.trusts(client);
            var refused = proxied ? admission.enter() : admission.enter(client);
            boolean handed = false;
            try {
                var id = name + "-" + Long.toHexString(NUMBERS.incrementAndGet());
                if (refused.isPresent() && !refusals.tryAcquire()) {
                    return;
                }
                try {
                    var connection = new SocketConnection(id, name, socket, threads, service);
                    Runnable task = refused.isPresent()
                            ? () -> refuse(connection, refused.get())
                            : proxied ? () -> serveProxied(connection) : () -> serve(connection);
                    threads.run(id, task);
                    handed = true;
                } finally {
                    if (!handed && refused.isPresent()) {
                        refusals.release();
                    }
                }
            } catch (IOException | RejectedExecutionException e) {
                LOG.log(DEBUG, () -> name + ": a connection was gone before it began: " + e);
            } finally {
                if (!handed) {
                    if (refused.isEmpty()) {
                        if (proxied) {
                            admission.leave();
                        } else {
                            admission.leave(client);
                        }
                    }
                    closeQuietly(socket);
                }
            }
        }

        private void serve(SocketConnection connection) {
            try {
                LOG.log(DEBUG, () -> connection.id() + ": from " + connection.peer());
                converse(connection, () -> talk(connection));
            } finally {
                admission.leave(connection.peer().getAddress());
            }
        }

        /** The proxy says who the client is, and only then is it counted. */
        private void serveProxied(SocketConnection connection) {
            var proxy = connection.peer();
            var known = new AtomicBoolean();
            try {
                converse(connection, () -> {
                    try {
                        connection.readProxyHeader();
                    } catch (ProxyHeaderException e) {
                        LOG.log(
                                WARNING,
                                connection.id() + ": " + e.getMessage() + " from " + proxy.getAddress()
                                        + ", which is trusted to send one; closed");
                        return;
                    }
                    LOG.log(DEBUG, () -> connection.id() + ": from " + connection.peer() + " by " + proxy);
                    var refused = admission.know(connection.peer().getAddress());
                    known.set(refused.isEmpty());
                    if (refused.isPresent()) {
                        sayRefusal(connection, refused.get());
                    } else {
                        talk(connection);
                    }
                });
            } finally {
                if (known.get()) {
                    admission.leave(connection.peer().getAddress());
                } else {
                    admission.leave();
                }
            }
        }

        private void refuse(SocketConnection connection, String reason) {
            try {
                converse(connection, () -> sayRefusal(connection, reason));
            } finally {
                refusals.release();
            }
        }

        private void talk(SocketConnection connection) throws IOException {
            open(connection);
            service.protocol().serve(connection);
        }

        private void sayRefusal(SocketConnection connection, String reason) throws IOException {
            LOG.log(DEBUG, () -> connection.id() + ": " + reason + ", from " + connection.peer());
            open(connection);
            connection.say(service.protocol().refusal(reason));
        }

        /** What comes before the first line. */
        private void open(SocketConnection connection) throws IOException {
            if (service.tls() == TlsMode.IMPLICIT) {
                connection.secure(service.keys().context());
            }
            connection.begin();
        }

        private interface Talk {
            void run() throws IOException;
        }

        private void converse(SocketConnection connection, Talk talk) {
            var id = connection.id();
            connections.add(connection);
            try {
                if (closed.getCount() == 0) {
                    return;
                }
                talk.run();
                LOG.log(DEBUG, () -> id + ": over");
            } catch (StoppingException e) {
                LOG.log(DEBUG, () -> id + ": ended, the server stops");
            } catch (IOException e) {
                LOG.log(DEBUG, () -> id + ": ended: " + e);
            } catch (RuntimeException | Error e) {
                LOG.log(ERROR, id + ": a bug ended the session", e);
            } finally {
                connection.finish();
                connections.remove(connection);
            }
        }

        /** Closes the sockets of those that take too long, so that the thread stuck on one goes on. */
        private void watch() {
            long every = service.patience().interval().toNanos();
            while (watchDone.getCount() > 0) {
                for (var connection : connections) {
                    if (connection.overdue()) {
                        LOG.log(DEBUG, () -> connection.id() + ": made no progress, closed");
                        connection.hangUp();
                    }
                }
                Waiting.upTo(Duration.ofNanos(every), left -> watchDone.await(left, TimeUnit.NANOSECONDS));
            }
        }

        void end(Duration grace) {
            for (var connection : connections) {
                connection
                        .stop()
                        .ifPresent(farewell ->
                                threads.run(connection.id() + "-farewell", () -> connection.sayAndHangUp(farewell)));
            }
            if (!threads.close(grace)) {
                var left = connections.stream().map(SocketConnection::id).collect(Collectors.joining(" "));
                LOG.log(INFO, () -> name + ": cut off after " + grace.toSeconds() + " s: " + left);
                connections.forEach(SocketConnection::hangUp);
                if (!threads.close(LAST_WAIT)) {
                    LOG.log(WARNING, () -> name + ": threads still at work: " + connections.size());
                }
            }
            watchDone.countDown();
            for (var thread : own) {
                Waiting.upTo(LAST_WAIT, left -> thread.join(Duration.ofNanos(left)));
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(DEBUG, "a socket did not close", e);
        }
    }
}
