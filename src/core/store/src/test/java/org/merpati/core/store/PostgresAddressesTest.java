package org.merpati.core.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The same on PostgreSQL; skipped, and reported so, where its programs are not installed. */
class PostgresAddressesTest extends AddressesContract {
    private static PostgresServer server;
    private static int databases;

    @BeforeAll
    static void startServer() {
        Assumptions.assumeTrue(PostgresServer.installed(), "PostgreSQL's programs (initdb, pg_ctl) are not installed");
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    EmbeddedRuntime open() {
        return EmbeddedRuntime.builder()
                .database(server.newDatabase("addresses" + databases++), "postgres", "")
                .start();
    }
}
