package org.merpati.core.store;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The same on PostgreSQL; skipped, and reported so, where its programs are not installed. */
class PostgresCheckTest extends CheckContract {
    private @Nullable PostgresServer server;

    @Override
    EmbeddedRuntime open() {
        Assumptions.assumeTrue(PostgresServer.installed(), "PostgreSQL's programs (initdb, pg_ctl) are not installed");
        var started = PostgresServer.start();
        server = started;
        return EmbeddedRuntime.builder()
                .database(started.newDatabase("checks"), "postgres", "")
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
}
