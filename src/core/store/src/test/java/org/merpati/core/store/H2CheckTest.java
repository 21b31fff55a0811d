package org.merpati.core.store;

import org.merpati.launch.runtime.EmbeddedRuntime;

class H2CheckTest extends CheckContract {
    @Override
    EmbeddedRuntime open() {
        return EmbeddedRuntime.builder().data(folder).start();
    }

    @Override
    String unguarded() {
        return "set referential_integrity false";
    }
}
