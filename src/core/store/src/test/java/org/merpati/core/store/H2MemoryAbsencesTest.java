package org.merpati.core.store;

import org.merpati.launch.runtime.EmbeddedRuntime;

class H2MemoryAbsencesTest extends AbsencesContract {
    @Override
    EmbeddedRuntime open() {
        return EmbeddedRuntime.builder()
                .database("jdbc:h2:mem:absences;LOCK_TIMEOUT=10000", "sa", "")
                .acceptVolatile(true)
                .start();
    }
}
