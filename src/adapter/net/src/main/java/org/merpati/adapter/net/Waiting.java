package org.merpati.adapter.net;

import java.time.Duration;

/** Bounded waits that an interrupt of the caller (containers do that at their end) neither shortens nor swallows. */
final class Waiting {
    @FunctionalInterface
    interface Step {
        /** Waits at most so long; whether what it waits for is there. */
        boolean await(long nanos) throws InterruptedException;
    }

    private Waiting() {}

    /** Whether it came within the time. */
    static boolean upTo(Duration time, Step step) {
        long end = System.nanoTime() + time.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return step.await(Math.max(0, end - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
