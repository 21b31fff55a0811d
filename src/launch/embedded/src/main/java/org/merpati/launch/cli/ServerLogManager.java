package org.merpati.launch.cli;

import java.util.logging.LogManager;

/** Keeps the handlers when the JVM stops: the JDK's own shutdown hook would take them away while the server still tells. */
public final class ServerLogManager extends LogManager {
    private volatile boolean kept;

    /** Made by the JDK, by name. */
    public ServerLogManager() {}

    /** From now on {@link #reset} does nothing, also at the end of the JVM. */
    void keep() {
        kept = true;
    }

    @Override
    public void reset() {
        if (!kept) {
            super.reset();
        }
    }
}
