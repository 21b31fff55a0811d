package org.merpati.check.containers;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Embedded with PostgreSQL. */
@PostgresInstalled
class EmbeddedPostgresIT extends EmbeddedScenario {
    private @Nullable PostgresServer database;

    @Override
    EmbeddedHome newHome() throws IOException {
        var postgres = PostgresServer.start();
        database = postgres;
        return new EmbeddedHome("embedded-postgres", Optional.of(postgres));
    }

    @Override
    void closeWhatHomeStoodOn() throws IOException {
        if (database != null) {
            database.close();
        }
    }
}
