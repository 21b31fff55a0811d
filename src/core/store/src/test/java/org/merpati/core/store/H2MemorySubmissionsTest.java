package org.merpati.core.store;

import org.merpati.launch.runtime.EmbeddedRuntime;

class H2MemorySubmissionsTest extends SubmissionsContract {
    @Override
    EmbeddedRuntime open() {
        return EmbeddedRuntime.builder()
                .database("jdbc:h2:mem:submissions;LOCK_TIMEOUT=10000", "sa", "")
                .acceptVolatile(true)
                .start();
    }
}
