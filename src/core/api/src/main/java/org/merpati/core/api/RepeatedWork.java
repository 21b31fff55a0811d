package org.merpati.core.api;

import java.time.Duration;

/**
 * Work that every home does on a thread that it has for that, one round ({@link #run}) after another with a rest between them, from
 * its start to its end. Nobody interrupts it.
 */
public interface RepeatedWork extends Runnable {
    /** For logs and threads. */
    String name();

    /** How long to rest between two rounds. */
    Duration interval();

    /** The round that runs ends soon, and there is none after it. */
    void stop();
}
