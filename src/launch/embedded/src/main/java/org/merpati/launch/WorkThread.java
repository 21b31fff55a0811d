package org.merpati.launch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.merpati.core.api.RepeatedWork;

/** The thread on which an embedded server does some work again and again, from its start to its end. It is never interrupted. */
final class WorkThread implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WorkThread.class.getName());
    private static final Duration LONGEST_UNIT = Duration.ofSeconds(30);

    private final RepeatedWork work;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private WorkThread(RepeatedWork work) {
        this.work = work;
        this.thread =
                Thread.ofPlatform().name("merpati-" + work.name()).daemon(true).unstarted(this::run);
    }

    /** The first round comes after one rest: a start has other things to do. */
    static WorkThread start(RepeatedWork work) {
        var started = new WorkThread(work);
        started.thread.start();
        return started;
    }

    private void run() {
        while (!rested()) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, work.name() + " failed", e);
            }
        }
    }

    /** Rests; true when the server is closing. */
    private boolean rested() {
        try {
            return closing.await(work.interval().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nobody of ours does that
        }
    }

    /** Returns when the round that runs has ended its unit. */
    @Override
    public void close() {
        work.stop();
        closing.countDown();
        try {
            if (!thread.join(LONGEST_UNIT)) {
                LOG.log(Level.WARNING, work.name() + " has not ended in " + LONGEST_UNIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
