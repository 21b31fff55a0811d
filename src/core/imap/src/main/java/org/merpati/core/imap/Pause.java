package org.merpati.core.imap;

import java.time.Duration;

/** Lets the connection's thread wait; tests answer at once. */
@FunctionalInterface
interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
