package org.merpati.adapter.net;

import java.time.Duration;

/** Until when the step that a connection is in must be over. Set by the thread that takes the step, read by the watch. */
final class Deadline {
    private static final long NONE = Long.MIN_VALUE;

    private volatile long end = NONE;

    void in(Duration time) {
        long at = System.nanoTime() + time.toNanos();
        end = at == NONE ? at + 1 : at;
    }

    void none() {
        end = NONE;
    }

    boolean passed() {
        long at = end;
        return at != NONE && System.nanoTime() - at > 0;
    }
}
