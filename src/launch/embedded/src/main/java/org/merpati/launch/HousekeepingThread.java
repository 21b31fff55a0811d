package org.merpati.launch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.merpati.core.store.Housekeeping;

/** The thread on which an embedded server clears up, from its start to its end. It is never interrupted. */
final class HousekeepingThread implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HousekeepingThread.class.getName());
    private static final Duration LONGEST_UNIT = Duration.ofSeconds(30);

    private final Housekeeping housekeeping;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private HousekeepingThread(Housekeeping housekeeping) {
        this.housekeeping = housekeeping;
        this.thread =
                Thread.ofPlatform().name("merpati-housekeeping").daemon(true).unstarted(this::run);
    }

    /** The first round comes after one rest: a start has other things to do. */
    static HousekeepingThread start(Housekeeping housekeeping) {
        var started = new HousekeepingThread(housekeeping);
        started.thread.start();
        return started;
    }

    private void run() {
        while (!rested()) {
            try {
                housekeeping.round();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "housekeeping failed", e);
            }
        }
    }

    /** Rests; true when the server is closing. */
    private boolean rested() {
        try {
            return closing.await(housekeeping.interval().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nobody of ours does that
        }
    }

    /** Returns when the round that runs has ended its unit. */
    @Override
    public void close() {
        housekeeping.stop();
        closing.countDown();
        try {
            if (!thread.join(LONGEST_UNIT)) {
                LOG.log(Level.WARNING, "housekeeping has not ended in " + LONGEST_UNIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
