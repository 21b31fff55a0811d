package org.merpati.core.jmap;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts what is under way for each caller (RFC 8620 §2 maxConcurrentRequests, §8.5); forgets callers that are idle. */
public final class ConcurrentRequests {
    private final int most;
    private final ConcurrentMap<String, Integer> underWay = new ConcurrentHashMap<>();

    public ConcurrentRequests(int most) {
        this.most = most;
    }

    /** False when the caller has to wait; true must be followed by one {@link #leave}. */
    public boolean enter(String caller) {
        boolean[] entered = new boolean[1];
        underWay.compute(caller, (name, now) -> {
            int count = now == null ? 0 : now;
            entered[0] = count < most;
            return entered[0] ? Integer.valueOf(count + 1) : now;
        });
        return entered[0];
    }

    public void leave(String caller) {
        underWay.computeIfPresent(caller, (name, now) -> now == 1 ? null : now - 1);
    }
}
