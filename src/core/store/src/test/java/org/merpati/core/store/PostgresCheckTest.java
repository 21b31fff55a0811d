package org.merpati.core.store;

import org.junit.jupiter.api.Assumptions;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The same on PostgreSQL; skipped, and reported so, where its programs are not installed. */
class PostgresCheckTest extends CheckContract {
    private PostgresServer server;

    @Override
    EmbeddedRuntime open() {
        Assumptions.assumeTrue(PostgresServer.installed(), "PostgreSQL's programs (initdb, pg_ctl) are not installed");
        server = PostgresServer.start();
        return EmbeddedRuntime.builder()
                .database(server.newDatabase("check"), "postgres", "")
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
