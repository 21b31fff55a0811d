package org.merpati.launch.runtime;

import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.merpati.core.api.door.ConnectionReset;
import org.merpati.launch.runtime.h2.Compaction;
import org.merpati.launch.runtime.h2.DurableDriver;

/**
 * The connections to one database, enlisted by themselves in the transaction of the thread that asks for one; outside a
 * transaction they commit each statement.
 */
final class ConnectionPool implements ConnectionReset, AutoCloseable {
    private static final Logger LOG = System.getLogger(ConnectionPool.class.getName());

    /** H2: database closed by a failed write, is closed, connection broken, object closed. */
    private static final Set<Integer> H2_CLOSED = Set.of(90098, 90121, 90067, 90028, 90031);

    /** Compacting copies what is alive; up to this much is done while somebody waits for the stop. */
    private static final long COMPACT_AT_MOST = 256L << 20;

    private static final Duration FLUSH_PAUSE = Duration.ofMillis(2);
    private static final int FLUSH_LOOKS = 500;

    private final DatabaseAddress address;
    private final AgroalDataSource pool;
    private final Optional<Compaction> compaction;

    private ConnectionPool(DatabaseAddress address, AgroalDataSource pool) {
        this.address = address;
        this.pool = pool;
        this.compaction = address.isDurable()
                ? Optional.of(Compaction.start(address.url(), address.user(), address.password()))
                : Optional.empty();
    }

    /** Opens the pool and tries a connection, so that a wrong address or a locked database is said now. */
    static ConnectionPool open(DatabaseAddress address, int most) {
        var settings = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled() // reset waits for what they count
                .connectionPoolConfiguration(pool -> pool.maxSize(most)
                        .minSize(1)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .reapTimeout(Duration.ofMinutes(10))
                        .exceptionSorter(ConnectionPool::isFatal)
                        .validateOnBorrow(address.isDurable()) // a failed write elsewhere may have closed the database
                        .connectionValidator(DurableDriver::isOpen)
                        .transactionIntegration(new NarayanaTransactionIntegration(
                                TransactionManager.transactionManager(),
                                jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry()))
                        .connectionFactoryConfiguration(connection -> {
                            connection
                                    .jdbcUrl(address.url())
                                    .principal(new NamePrincipal(address.user()))
                                    .credential(new SimplePassword(address.password()));
                            if (address.isDurable()) {
                                connection.connectionProviderClass(DurableDriver.class);
                            }
                            return connection;
                        }));
        try {
            connect(address).close();
            return new ConnectionPool(address, AgroalDataSource.from(settings));
        } catch (SQLException e) {
            throw new IllegalStateException("can't open the database " + address.shown() + ": " + e.getMessage(), e);
        }
    }

    DataSource dataSource() {
        return pool;
    }

    void flush() {
        pool.flush(FlushMode.GRACEFUL);
    }

    /** Returns when the idle connections are gone: who asks at once must not be given one of them. */
    @Override
    public void reset() {
        var metrics = pool.getMetrics();
        // one that failed fatally is counted as given back twice
        long idle = metrics.availableCount() + Math.min(0, metrics.activeCount());
        long gone = metrics.destroyCount() + idle;
        flush(); // closes them on a thread of the pool's own
        for (int i = 0; i < FLUSH_LOOKS && metrics.destroyCount() < gone; i++) {
            LockSupport.parkNanos(FLUSH_PAUSE.toNanos());
        }
    }

    @Override
    public void close() {
        compaction.ifPresent(Compaction::close);
        pool.close();
        if (address.isH2() && !address.isH2Elsewhere()) {
            shutDownH2();
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        var login = new Properties();
        login.setProperty("user", address.user());
        login.setProperty("password", address.password());
        return address.isDurable()
                ? Objects.requireNonNull(new DurableDriver().connect(address.url(), login))
                : DriverManager.getConnection(address.url(), login);
    }

    /** Whether the connection is of no use any more (SQLSTATE class 08, or H2 has closed the database). */
    private static boolean isFatal(SQLException e) {
        var state = e.getSQLState();
        return H2_CLOSED.contains(e.getErrorCode())
                || (state != null && (state.startsWith("08") || state.equals("57P01")));
    }

    private void shutDownH2() {
        try (var connection = connect(address);
                var statement = connection.createStatement()) {
            long size = 0;
            long fill = 100;
            try (var rows = statement.executeQuery("select setting_name, setting_value from information_schema.settings"
                    + " where setting_name in ('info.FILE_SIZE', 'info.CHUNKS_FILL_RATE')")) {
                while (rows.next()) {
                    if (rows.getString(1).endsWith("SIZE")) {
                        size = rows.getLong(2);
                    } else {
                        fill = rows.getLong(2);
                    }
                }
            }
            long alive = size / 100 * fill;
            boolean worthIt = fill < 50 && alive < COMPACT_AT_MOST;
            LOG.log(Level.DEBUG, "closing H2: {0} bytes, {1} % of them alive", size, fill);
            statement.execute(worthIt ? "shutdown compact" : "shutdown");
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "H2 could not be closed in order; it recovers when it is opened", e);
        }
    }
}
