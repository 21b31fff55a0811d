package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Path;

/** The scenario in an application server. */
abstract class ContainerScenario extends Scenario<Container> {
    private static final int IDLERS = 300;

    final Path archives = Path.of(System.getProperty("check.homes"), getClass().getSimpleName() + "-archives");

    /** A new server, not set up yet. */
    abstract Container newContainer() throws IOException;

    @Override
    Container open() throws IOException {
        var container = newContainer();
        container.setUp();
        container.start();
        container.deploy(Archives.ear());
        return container;
    }

    @Override
    boolean addFault() throws IOException {
        home.deploy(Archives.earWithFault(archives));
        return true;
    }

    @Override
    int idlers() {
        return IDLERS;
    }
}
