package org.merpati.launch.runtime;

import jakarta.persistence.EntityManagerFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.disk.Safekeeping;
import org.merpati.core.api.door.ConnectionReset;
import org.merpati.launch.runtime.h2.DurableFilePath;
import org.merpati.launch.runtime.h2.UpgradeCopy;

/**
 * A running container with the beans of every jar on the class path that has a {@code META-INF/beans.xml}.
 *
 * <p>Beans find here, besides what {@link Builder#bean} handed in: {@code @PersistenceContext EntityManager} (fields
 * only), {@code @Transactional}, {@code TransactionManager}, {@code TransactionSynchronizationRegistry}, {@code DataSource},
 * {@link ConnectionReset} and, with H2 in the data folder, {@link Safekeeping}.
 */
public final class EmbeddedRuntime implements AutoCloseable {
    /**
     * How long H2 keeps chunks, counted from when they were written, before their space is used again. Neither a power cut nor
     * somebody who reads depends on it, but the size of the file does (docs/adr/0015).
     */
    public static final Duration RETENTION = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(EmbeddedRuntime.class.getName());

    private final ConnectionPool pool;
    private final EntityManagerFactory factory;
    private final WeldContainer container;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRuntime(ConnectionPool pool, EntityManagerFactory factory, WeldContainer container) {
        this.pool = pool;
        this.factory = factory;
        this.container = container;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * The bean of this type.
     *
     * @throws IllegalStateException when there is none, or more than one, or the runtime is closed
     */
    public <T> T get(Class<T> type) {
        if (closed.get()) {
            throw new IllegalStateException("the runtime is closed");
        }
        var found = container.select(type);
        if (!found.isResolvable()) {
            throw new IllegalStateException(
                    (found.isUnsatisfied() ? "no bean of type " : "more than one bean of type ") + type.getName());
        }
        return found.get();
    }

    /** Whether there is exactly one bean of this type. */
    public boolean has(Class<?> type) {
        return container.select(type).isResolvable();
    }

    /** Closes the pooled connections, those in use when they come back: for a database that was closed underneath. */
    public void flushConnections() {
        pool.flush();
    }

    /** Stops the beans, then the persistence unit, then the database. Transactions that still run are lost. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            quietly("the beans", container::close);
            quietly("the persistence unit", factory::close);
            quietly("the database", pool::close);
        }
    }

    private static void quietly(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "could not stop " + what, e);
        }
    }

    /** What a runtime is made of. */
    public static final class Builder {
        private final Map<Class<?>, Object> beans = new LinkedHashMap<>();
        private Optional<Path> data = Optional.empty();
        private Optional<String> url = Optional.empty();
        private String user = "";
        private String password = "";
        private int connections = 32;
        private boolean forgetful;
        private String unit = "merpati";
        private Disk disk = Disk.real();
        private Duration retention = RETENTION;

        private Builder() {}

        /** The folder in which H2's files lie, in {@code database}; not used with a database elsewhere. */
        public Builder data(Path folder) {
            this.data = Optional.of(folder);
            return this;
        }

        /** On which disk the data folder lies; the real one unless set. */
        public Builder disk(Disk on) {
            this.disk = on;
            return this;
        }

        /** How long H2 keeps space that holds nothing alive any more, {@link #RETENTION} unless set. */
        public Builder retention(Duration time) {
            this.retention = time;
            return this;
        }

        /** Another database than H2 in the data folder, by its JDBC address. */
        public Builder database(String address, String name, String secret) {
            this.url = Optional.of(address);
            this.user = name;
            this.password = secret;
            return this;
        }

        /** How many connections there are at most. */
        public Builder connections(int most) {
            this.connections = most;
            return this;
        }

        /** Accepts a database that forgets everything at its end. */
        public Builder acceptVolatile(boolean accept) {
            this.forgetful = accept;
            return this;
        }

        /** The name of the persistence unit, {@code merpati} unless set. */
        public Builder persistenceUnit(String name) {
            this.unit = name;
            return this;
        }

        /** Makes the object a bean of exactly this type: the object itself, never a proxy of it. */
        public <T> Builder bean(Class<T> type, T instance) {
            this.beans.put(type, instance);
            return this;
        }

        /**
         * Starts everything; what was started is stopped again when a later part fails.
         *
         * @throws IllegalStateException when the database forgets, can't be opened, or the beans don't fit together
         */
        public EmbeddedRuntime start() {
            Transactions.setUp();
            var address = address();
            var mounted = url.isEmpty() ? data.map(DatabaseAddress::fileIn) : Optional.<Path>empty();
            mounted.ifPresent(file -> DurableFilePath.mount(file, disk));
            var kept = mounted.map(UpgradeCopy::new);
            kept.ifPresent(UpgradeCopy::putBack);
            kept.ifPresent(copy -> beans.put(Safekeeping.class, copy));
            var pool = ConnectionPool.open(address, connections);
            EntityManagerFactory factory = null;
            try {
                factory = PersistenceUnit.open(unit, pool.dataSource());
                var extension = new RuntimeExtension(pool, factory, beans);
                // Weld's own shutdown hook would end the request contexts of units that still run
                var container =
                        new Weld().skipShutdownHook().addExtension(extension).initialize();
                return new EmbeddedRuntime(pool, factory, container);
            } catch (RuntimeException e) {
                if (factory != null) {
                    quietly("the persistence unit", factory::close);
                }
                quietly("the database", pool::close);
                throw e;
            }
        }

        private DatabaseAddress address() {
            var address = url.map(jdbc -> new DatabaseAddress(jdbc, user, password))
                    .or(() -> data.map(folder -> DatabaseAddress.inFolder(folder, retention)))
                    .orElseThrow(() -> new IllegalStateException("neither a data folder nor a database was given"));
            if (address.isVolatile() && !forgetful) {
                throw new IllegalStateException("the database " + address.shown()
                        + " forgets everything at its end; store.volatile=true accepts that");
            }
            return address;
        }
    }
}
