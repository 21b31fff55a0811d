package org.merpati.check.containers;

import java.io.IOException;

/** The scenario in this JVM. What makes a commit fail is on its class path from the start. */
abstract class EmbeddedScenario extends Scenario<EmbeddedHome> {
    private static final int IDLERS = 1_000;

    abstract EmbeddedHome newHome() throws IOException;

    @Override
    EmbeddedHome open() throws IOException {
        var opened = newHome();
        opened.start();
        return opened;
    }

    @Override
    boolean addFault() {
        return false; // it is there already
    }

    @Override
    int idlers() {
        return IDLERS;
    }
}
