package org.merpati.core.store;

import org.merpati.launch.runtime.EmbeddedRuntime;

/** The same on PostgreSQL; skipped, and reported so, where its programs are not installed. */
class PostgresRemovalTest extends RemovalContract {
    @Override
    EmbeddedRuntime open() {
        return PostgresServer.runtime();
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
