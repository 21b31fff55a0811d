package org.merpati.core.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.launch.runtime.EmbeddedRuntime;

class H2SubmissionsTest extends SubmissionsContract {
    @TempDir
    static Path folder;

    @Override
    EmbeddedRuntime open() {
        return EmbeddedRuntime.builder().data(folder).start();
    }
}
