package org.merpati.core.store;

import org.merpati.launch.runtime.EmbeddedRuntime;

/** The same on PostgreSQL; skipped, and reported so, where its programs are not installed. */
class PostgresIdentitiesTest extends IdentitiesContract {
    @Override
    EmbeddedRuntime open() {
        return PostgresServer.runtime();
    }
}
