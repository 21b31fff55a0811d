package org.merpati.check.containers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a process to reach a state: there is nothing but asking. */
final class Waiting {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private Waiting() {}

    static void until(String state, Path log, BooleanSupplier reached) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + LONGEST + " for: " + state + "; see " + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
