package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Payara 6 with PostgreSQL. */
@PostgresInstalled
class PayaraPostgresIT extends ContainerScenario {
    private @Nullable PostgresServer database;

    @Override
    Container newContainer() throws IOException {
        var postgres = PostgresServer.start();
        database = postgres;
        return new PayaraHome("payara-postgres", Path.of(System.getProperty("check.payara")), Optional.of(postgres));
    }

    @Override
    void closeWhatHomeStoodOn() throws IOException {
        if (database != null) {
            database.close();
        }
    }
}
