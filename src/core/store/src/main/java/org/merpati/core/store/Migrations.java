package org.merpati.core.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.merpati.core.api.disk.Safekeeping;

/** Brings the database's schema up to date at start. The door opens only after it has succeeded. */
@ApplicationScoped
public class Migrations {
    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    /** Where the database can't undo half a change of its schema. */
    @Inject
    Instance<Safekeeping> safekeeping;

    private volatile boolean done;

    /**
     * Runs what is missing of {@code db/migration}: all of it or, when that is cut off, anew at the next start. Call it once,
     * with no transaction open.
     *
     * @param volatileAllowed whether a database that forgets at its end is accepted ({@code store.volatile})
     * @throws IllegalStateException when the database is volatile and may not be
     * @throws RuntimeException when a migration fails; the door stays shut
     */
    public void migrate(DataSource dataSource, boolean volatileAllowed) {
        refuseVolatile(dataSource, volatileAllowed);
        var flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .table("schema_history")
                .load();
        boolean kept = flyway.info().pending().length > 0 && !beginAnew(dataSource) && keep();
        var result = flyway.migrate();
        if (kept) {
            safekeeping.get().release();
        }
        LOG.log(
                Level.INFO,
                () -> "database schema "
                        + (result.migrationsExecuted == 0
                                ? "is up to date"
                                : "brought to version " + result.targetSchemaVersion));
        done = true;
    }

    public boolean done() {
        return done;
    }

    /** @throws IllegalStateException until {@link #migrate} has succeeded */
    public boolean requireDone() {
        if (!done) {
            throw new IllegalStateException("the database's schema is not ready");
        }
        return true;
    }

    private boolean keep() {
        if (!safekeeping.isResolvable()) {
            return false;
        }
        safekeeping.get().keep();
        return true;
    }

    /**
     * H2 commits each statement that makes a table, so that a first start that is cut off leaves half a schema, on which
     * no migration runs again. While nobody is known there yet, nothing can have been stored: it all goes. False when there
     * is something, or the database undoes what is cut off.
     */
    private static boolean beginAnew(DataSource dataSource) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            if (!connection.getMetaData().getDatabaseProductName().equals("H2")) {
                return false; // PostgreSQL makes tables in transactions
            }
            for (var table : List.of("domain", "account", "administrator")) {
                if (hasRows(statement, table)) {
                    return false;
                }
            }
            statement.execute("drop all objects");
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException("can't prepare the database: " + e.getMessage(), e);
        }
    }

    private static boolean hasRows(Statement statement, String table) throws SQLException {
        try (var tables = statement.executeQuery("select 1 from information_schema.tables where table_schema = schema()"
                + " and lower(table_name) = '" + table + "'")) {
            if (!tables.next()) {
                return false;
            }
        }
        try (var rows = statement.executeQuery("select 1 from " + table + " fetch first row only")) {
            return rows.next();
        }
    }

    private static void refuseVolatile(DataSource dataSource, boolean volatileAllowed) {
        try (var connection = dataSource.getConnection()) {
            var url = connection.getMetaData().getURL();
            if (url != null && url.startsWith("jdbc:h2:mem:") && !volatileAllowed) {
                throw new IllegalStateException("the database " + url.replaceAll(";.*", "")
                        + " forgets all mail when it stops; set store.volatile=true if that is wanted");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("can't reach the database: " + e.getMessage(), e);
        }
    }
}
