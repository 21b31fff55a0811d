package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Payara 6 with its own H2 on disk. */
class PayaraIT extends AdministeredScenario {
    @Override
    Container newContainer() throws IOException {
        return new PayaraHome("payara", Path.of(System.getProperty("check.payara")), Optional.empty());
    }
}
