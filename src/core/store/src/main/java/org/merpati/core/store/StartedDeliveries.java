package org.merpati.core.store;

import java.time.Duration;
import java.util.UUID;

/**
 * The deliveries that take several transactions and have not come to their end. Whoever sends a message again after one that
 * was cut off goes on under its id, so that nobody gets the message twice; the same message after one that did come to
 * its end is another one.
 */
public interface StartedDeliveries {
    /** No sender tries for longer (RFC 5321 §4.5.4.1 asks for four to five days). */
    Duration KEPT = Duration.ofDays(7);

    /**
     * The id of this delivery from now on: that of the earlier try, or else the one given.
     *
     * @param fingerprint of all that makes it the same delivery, at most 64 characters
     */
    UUID start(String fingerprint, UUID id);

    /** All recipients have it. */
    void finish(String fingerprint);

    /** Forgets those that were started longer than {@link #KEPT} ago. */
    int expire();
}
