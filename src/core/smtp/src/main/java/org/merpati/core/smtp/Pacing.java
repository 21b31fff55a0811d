package org.merpati.core.smtp;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time as a session needs it: how much has passed, and letting some pass. */
interface Pacing {
    /** Nanoseconds on a clock that only goes forward; differences alone mean something. */
    long now();

    /** Returns after about this time; holds nothing meanwhile but the calling thread. */
    void pause(Duration time);

    Pacing REAL = new Pacing() {
        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration time) {
            long end = now() + time.toNanos();
            for (long left = time.toNanos(); left > 0; left = end - now()) {
                LockSupport.parkNanos(this, left);
            }
        }
    };
}
