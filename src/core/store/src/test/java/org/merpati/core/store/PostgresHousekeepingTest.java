package org.merpati.core.store;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The same on PostgreSQL; skipped, and reported so, where its programs are not installed. */
class PostgresHousekeepingTest extends HousekeepingContract {
    private @Nullable PostgresServer server;

    @Override
    EmbeddedRuntime open() {
        Assumptions.assumeTrue(PostgresServer.installed(), "PostgreSQL's programs (initdb, pg_ctl) are not installed");
        var started = PostgresServer.start();
        server = started;
        return EmbeddedRuntime.builder()
                .database(started.newDatabase("housekeeping"), "postgres", "")
                .start();
    }

    @Override
    void closeDatabase() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    String unguarded() {
        return "set session_replication_role = replica";
    }

    @Override
    String series(int last) {
        return "select generate_series(1, " + last + ") as x";
    }
}
