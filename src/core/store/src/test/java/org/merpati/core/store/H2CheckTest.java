package org.merpati.core.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.launch.runtime.EmbeddedRuntime;

class H2CheckTest extends CheckContract {
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
}
