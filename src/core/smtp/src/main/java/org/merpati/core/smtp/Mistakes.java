package org.merpati.core.smtp;

import java.time.Duration;

/** Counts commands that were not right: the next answers come later and later, and then the session ends. */
final class Mistakes {
    private static final int MOST = 20;
    private static final int FREE = 5;
    private static final Duration STEP = Duration.ofMillis(500);

    private final boolean delays;
    private int count;

    Mistakes(boolean delays) {
        this.delays = delays;
    }

    void oneMore() {
        count++;
    }

    boolean tooMany() {
        return count >= MOST;
    }

    /** How long to wait before the answer to the last mistake. */
    Duration delay() {
        return delays && count > FREE ? STEP.multipliedBy(count - FREE) : Duration.ZERO;
    }
}
