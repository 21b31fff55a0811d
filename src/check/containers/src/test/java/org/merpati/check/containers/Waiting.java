package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a process to reach a state: there is nothing but asking. */
final class Waiting {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int LAST_LINES = 80;

    private Waiting() {}

    static void until(String state, Path log, BooleanSupplier reached) {
        untilNothingLacks(state, log, () -> reached.getAsBoolean() ? List.of() : List.of(state));
    }

    /** Waits until the list is empty; what is in it at the end is told by the failure. */
    static void untilNothingLacks(String state, Path log, Supplier<List<String>> lacking) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            var lacks = lacking.get();
            if (lacks.isEmpty()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + LONGEST + " for: " + state + "; lacking " + lacks + "; "
                        + log + " ends with\n" + endOf(log));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static String endOf(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
