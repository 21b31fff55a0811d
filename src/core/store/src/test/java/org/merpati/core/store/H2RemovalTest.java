package org.merpati.core.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.launch.runtime.EmbeddedRuntime;

class H2RemovalTest extends RemovalContract {
    @TempDir
    static Path database;

    @Override
    EmbeddedRuntime open() {
        return EmbeddedRuntime.builder().data(database).start();
    }

    @Override
    String unguarded() {
        return "set referential_integrity false";
    }

    @Override
    String series(int last) {
        return "select x from system_range(1, " + last + ")";
    }
}
