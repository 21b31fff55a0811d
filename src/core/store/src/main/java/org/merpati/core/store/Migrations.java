package org.merpati.core.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the database's schema up to date at start. The door opens only after it has succeeded. */
@ApplicationScoped
public class Migrations {
    private static final Logger LOG = System.getLogger(Migrations.class.getName());

    private volatile boolean done;

    /**
     * Runs what is missing of {@code db/migration}. Call it once, with no transaction open.
     *
     * @param volatileAllowed whether a database that forgets at its end is accepted ({@code store.volatile})
     * @throws IllegalStateException when the database is volatile and may not be
     * @throws RuntimeException when a migration fails; the door stays shut
     */
    public void migrate(DataSource dataSource, boolean volatileAllowed) {
        refuseVolatile(dataSource, volatileAllowed);
        var result = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .table("schema_history")
                .load()
                .migrate();
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
