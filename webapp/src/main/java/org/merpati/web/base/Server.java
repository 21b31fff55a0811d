package org.merpati.web.base;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.OperatorToken;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.session.Listeners;
import org.merpati.core.jmap.JmapApi;
import org.merpati.core.store.directory.Passwords;

/** The server behind the resources. Nothing of it is touched before the first request that needs it. */
@ApplicationScoped
public class Server {
    private static final String VERSION = readVersion();

    private final Door door;
    private final Provider<Platform> platform;
    private final Supplier<Optional<OperatorToken>> token;
    private final Supplier<Optional<Listeners>> listeners;
    private final Passwords passwords = new Passwords();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable JmapApi jmap;
    private volatile boolean webSockets;

    @Inject
    public Server(
            Door door, Provider<Platform> platform, Instance<OperatorToken> token, Instance<Listeners> listeners) {
        this(door, platform, () -> one(token), () -> one(listeners));
    }

    public Server(
            Door door,
            Provider<Platform> platform,
            Supplier<Optional<OperatorToken>> token,
            Supplier<Optional<Listeners>> listeners) {
        this.door = door;
        this.platform = platform;
        this.token = token;
        this.listeners = listeners;
    }

    /** For the client proxy, whose own fields nobody reads. */
    @SuppressWarnings("NullAway") // a proxy is no server: it hands every call to one
    protected Server() {
        this(null, null, Optional::empty, Optional::empty);
    }

    public Door door() {
        return door;
    }

    /** @throws RuntimeException while the server is starting */
    public Platform platform() {
        return platform.get();
    }

    public Config config() {
        return platform().config();
    }

    public Optional<OperatorToken> operatorToken() {
        return token.get();
    }

    public Optional<Listeners> listeners() {
        return listeners.get();
    }

    public Passwords passwords() {
        return passwords;
    }

    public JmapApi jmap() {
        var made = jmap;
        if (made != null) {
            return made;
        }
        lock.lock();
        try {
            made = jmap;
            if (made == null) {
                made = new JmapApi(door, platform(), () -> webSockets);
                jmap = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** From now on the session announces them. */
    public void offerWebSockets() {
        webSockets = true;
    }

    public String version() {
        return VERSION;
    }

    private static <T> Optional<T> one(Instance<T> beans) {
        return beans.isResolvable() ? Optional.of(beans.get()) : Optional.empty();
    }

    private static String readVersion() {
        var properties = new Properties();
        try (var in = Server.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
