package org.merpati.core.jmap.push;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a step at least once after each {@link #wake}, never two at a time, on no thread of the waker's. */
public final class Wakeful {
    private final Executor executor;
    private final Runnable step;
    private final AtomicInteger wakes = new AtomicInteger();

    public Wakeful(Executor executor, Runnable step) {
        this.executor = executor;
        this.step = step;
    }

    /** Returns at once. */
    public void wake() {
        if (wakes.getAndIncrement() == 0) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                wakes.set(0); // the home is stopping, and ends what is open
            }
        }
    }

    /** Whether no step runs or is to run. */
    public boolean idle() {
        return wakes.get() == 0;
    }

    private void run() {
        int seen;
        do {
            seen = wakes.get();
            step.run();
        } while (wakes.addAndGet(-seen) != 0);
    }
}
