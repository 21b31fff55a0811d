package org.merpati.core.store;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.merpati.launch.runtime.EmbeddedRuntime;

class PostgresMessagesTest extends MessagesContract {
    private @Nullable PostgresServer server;

    @Override
    EmbeddedRuntime open() {
        Assumptions.assumeTrue(PostgresServer.installed(), "PostgreSQL's programs (initdb, pg_ctl) are not installed");
        var started = PostgresServer.start();
        server = started;
        return EmbeddedRuntime.builder()
                .database(started.newDatabase("messages"), "postgres", "")
                .start();
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }
}
