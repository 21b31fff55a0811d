package org.merpati.core.smtp.stage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.merpati.core.api.config.Rate;

/**
 * A token bucket for each key: full at first, one token per event, filled again evenly. Keys that were not seen for longest
 * are forgotten when there are too many, and are as good as new then. For any number of threads.
 */
final class TokenBuckets {
    private final Rate rate;
    private final int most;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Bucket {
        private double tokens;
        private long at;
    }

    /**
     * @param most keys that are remembered
     * @param nanoTime a clock that only goes forward; differences alone mean something
     */
    TokenBuckets(Rate rate, int most, LongSupplier nanoTime) {
        this.rate = rate;
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** Takes a token; false when there is none, and then nothing has changed. */
    boolean take(String key) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            var bucket = buckets.computeIfAbsent(key, unused -> full(now));
            double filled =
                    (double) (now - bucket.at) * rate.count() / rate.period().toNanos();
            bucket.tokens = Math.min(rate.count(), bucket.tokens + Math.max(0, filled));
            bucket.at = now;
            if (buckets.size() > most) {
                buckets.remove(buckets.keySet().iterator().next());
            }
            // a count of small fractions may end a hair below the whole
            boolean enough = bucket.tokens > 1 - 1e-9;
            bucket.tokens -= enough ? 1 : 0;
            return enough;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return buckets.size();
        } finally {
            lock.unlock();
        }
    }

    private Bucket full(long now) {
        var bucket = new Bucket();
        bucket.tokens = rate.count();
        bucket.at = now;
        return bucket;
    }
}
