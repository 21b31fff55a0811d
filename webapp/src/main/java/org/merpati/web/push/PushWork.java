package org.merpati.web.push;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.web.base.Server;

/** Lets push subscriptions work (RFC 8620 §7.2) from the moment that the server is up until the web application ends. */
@WebListener
public class PushWork implements ServletContextListener {
    private static final Logger LOG = System.getLogger(PushWork.class.getName());

    private Server server;
    private final AtomicBoolean starting = new AtomicBoolean();
    private volatile boolean started;
    private volatile @Nullable HomeThreads threads;

    /** For containers, which inject the server. */
    @SuppressWarnings("NullAway") // use comes before the context is initialized
    public PushWork() {}

    public PushWork(Server server) {
        this.server = server;
    }

    @Inject
    public void use(Server newServer) {
        server = newServer;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        threads = HomeThreads.start(kind(), this::tick);
    }

    /** A container's threads are its own, and its server may not be up yet. */
    private ThreadKind kind() {
        try {
            return server.config().get(Settings.THREADS);
        } catch (RuntimeException e) {
            return ThreadKind.AUTO;
        }
    }

    private void tick() {
        var own = threads;
        if (own == null) {
            return;
        }
        if (started) {
            server.jmap().pushes().tick(server.platform().clock().instant());
        } else if (starting.compareAndSet(false, true)) {
            own.executor().execute(() -> start(own));
        }
    }

    private void start(HomeThreads own) {
        try {
            server.jmap().pushes().start(own.executor());
            started = true;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "push waits for the server", e);
        } finally {
            starting.set(false);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (started) {
            started = false;
            server.jmap().pushes().close();
        }
        var own = threads;
        threads = null;
        if (own != null) {
            own.close();
        }
    }
}
