package org.merpati.check.containers;

import java.io.IOException;
import java.util.Optional;

/** Embedded with its H2 on disk. */
class EmbeddedIT extends EmbeddedScenario {
    @Override
    EmbeddedHome newHome() throws IOException {
        return new EmbeddedHome("embedded", Optional.empty());
    }
}
