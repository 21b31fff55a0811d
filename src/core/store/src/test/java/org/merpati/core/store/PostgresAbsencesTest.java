package org.merpati.core.store;

import org.merpati.launch.runtime.EmbeddedRuntime;

/** The same on PostgreSQL; skipped, and reported so, where its programs are not installed. */
class PostgresAbsencesTest extends AbsencesContract {
    @Override
    EmbeddedRuntime open() {
        return PostgresServer.runtime();
    }
}
