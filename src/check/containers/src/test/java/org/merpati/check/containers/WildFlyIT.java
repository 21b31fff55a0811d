package org.merpati.check.containers;

import java.io.IOException;
import java.util.Optional;

/** WildFly with its own H2 on disk. */
class WildFlyIT extends AdministeredScenario {
    @Override
    Container newContainer() throws IOException {
        return new WildFlyHome("wildfly", Optional.empty());
    }
}
