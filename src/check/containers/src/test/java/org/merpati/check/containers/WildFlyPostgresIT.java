package org.merpati.check.containers;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** WildFly with PostgreSQL. */
@PostgresInstalled
class WildFlyPostgresIT extends ContainerScenario {
    private @Nullable PostgresServer database;

    @Override
    Container newContainer() throws IOException {
        var postgres = PostgresServer.start();
        database = postgres;
        return new WildFlyHome("wildfly-postgres", Optional.of(postgres));
    }

    @Override
    void closeWhatHomeStoodOn() throws IOException {
        if (database != null) {
            database.close();
        }
    }
}
