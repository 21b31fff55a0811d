package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.ListenerSettings;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.config.TlsMode;
import org.merpati.core.api.door.Door;

/**
 * A home's mail listeners, opened in two steps: {@link #bind} takes the ports (a conflict is told at once), then
 * {@link #start} accepts when the server behind the door is ready, clients waiting in the system's queue until then. A
 * resource adapter makes one object per activation, for the one listener it is asked for; the embedded home one for all.
 */
public final class MailListeners implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MailListeners.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(20);

    private record Bound(ListenerSettings settings, Listener listener) {}

    private final List<Bound> listeners;
    private final ProtocolFactory protocols;
    private final Duration grace;
    private final ReentrantLock starting = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch accepting = new CountDownLatch(1);

    private MailListeners(List<Bound> listeners, ProtocolFactory protocols, Duration grace) {
        this.listeners = List.copyOf(listeners);
        this.protocols = protocols;
        this.grace = grace;
    }

    /**
     * Binds these listeners, all or none.
     *
     * @throws IOException that names the setting, the address and the port
     */
    public static MailListeners bind(Collection<ListenerSettings> wanted) throws IOException {
        return bind(wanted, new Protocols(), GRACE);
    }

    static MailListeners bind(Collection<ListenerSettings> wanted, ProtocolFactory protocols, Duration grace)
            throws IOException {
        var opened = new ArrayList<Bound>();
        try {
            for (var one : wanted) {
                var address = new ListenerAddress(one.bind(), one.port());
                opened.add(new Bound(one, Listener.open(one.name(), one.portSetting(), address)));
            }
        } catch (IOException | RuntimeException e) {
            opened.forEach(bound -> bound.listener().close(Duration.ZERO));
            throw e;
        }
        return new MailListeners(opened, protocols, grace);
    }

    /** What is bound, in the order asked for. */
    public List<Listening> listening() {
        return listeners.stream()
                .map(bound -> new Listening(
                        bound.settings().name(),
                        bound.settings().protocol(),
                        String.join(",", bound.listener().addresses()),
                        bound.listener().port(),
                        bound.settings().tls().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Begins to accept at once: the caller knows that the server is ready. Without effect once closed. */
    public void start(Platform platform, Door door) throws IOException {
        starting.lock();
        try {
            if (closed.getCount() == 0) {
                return;
            }
            var config = platform.config();
            var keys = keys(platform);
            var starts = new ArrayList<Runnable>();
            for (var bound : listeners) {
                var settings = bound.settings();
                var service = new Service(
                        protocols.make(settings.protocol(), platform, door),
                        settings.tls(),
                        keys,
                        settings.proxyTrusted(),
                        Limits.from(config),
                        config.get(Settings.THREADS),
                        Patience.USUAL);
                starts.add(() -> bound.listener().start(service));
            }
            starts.forEach(Runnable::run);
        } finally {
            starting.unlock();
        }
        accepting.countDown();
        listening()
                .forEach(one ->
                        LOG.log(INFO, () -> one.name() + " listens on " + one.address() + " port " + one.port()));
    }

    /** Begins to accept as soon as the door says that the server is ready; returns at once. */
    public void startWhenReady(Door door) {
        var loader = Thread.currentThread().getContextClassLoader();
        var thread = Thread.ofPlatform()
                .name("merpati-readiness")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> {
                    try {
                        var platform = new Readiness(door, closed).await();
                        if (platform.isPresent()) {
                            start(platform.get(), door);
                        }
                    } catch (IOException | RuntimeException e) {
                        LOG.log(ERROR, "mail listeners did not start: " + listening(), e);
                    }
                });
        thread.setContextClassLoader(loader);
        thread.start();
    }

    /** Whether connections are accepted, waiting for that if need be. */
    public boolean awaitAccepting(Duration wait) {
        return Waiting.upTo(wait, left -> accepting.await(left, TimeUnit.NANOSECONDS));
    }

    /** Stops within the grace as the sessions end, at once where there are none; may be called again. */
    @Override
    public void close() {
        closed.countDown();
        starting.lock();
        try {
            // all at the same time, so that the grace counts once
            var closing = listeners.stream()
                    .map(bound -> Thread.ofPlatform()
                            .name("merpati-close")
                            .daemon()
                            .start(() -> bound.listener().close(grace)))
                    .toList();
            for (var thread : closing) {
                Waiting.upTo(grace.plusSeconds(30), left -> thread.join(Duration.ofNanos(left)));
            }
        } finally {
            starting.unlock();
        }
    }

    private TlsSource keys(Platform platform) throws IOException {
        if (listeners.stream().allMatch(bound -> bound.settings().tls() == TlsMode.NONE)) {
            return () -> {
                throw new IllegalStateException("no listener here has TLS");
            };
        }
        var keys = ServerKeys.open(platform.config(), platform.clock());
        return keys::context;
    }
}
