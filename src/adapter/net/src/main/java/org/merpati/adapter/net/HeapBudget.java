package org.merpati.adapter.net;

import java.util.concurrent.atomic.AtomicLong;

/** A number of octets of heap that many share. */
final class HeapBudget {
    private final AtomicLong left;

    HeapBudget(long octets) {
        left = new AtomicLong(octets);
    }

    /** Takes so much, or nothing and says false. */
    boolean take(long octets) {
        long before = left.getAndUpdate(now -> now >= octets ? now - octets : now);
        return before >= octets;
    }

    void give(long octets) {
        left.addAndGet(octets);
    }

    long left() {
        return left.get();
    }
}
