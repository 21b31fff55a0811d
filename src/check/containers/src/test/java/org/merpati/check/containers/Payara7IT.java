package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Payara 7, on demand (-Ppayara7), with its own H2 on disk. */
class Payara7IT extends AdministeredScenario {
    @Override
    Container newContainer() throws IOException {
        return new PayaraHome("payara7", Path.of(System.getProperty("check.payara7")), Optional.empty());
    }
}
