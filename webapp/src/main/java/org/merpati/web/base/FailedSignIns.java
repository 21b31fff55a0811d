package org.merpati.web.base;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts wrong passwords by address, and by address and login. Where there were too many in the last minutes, no further
 * one is looked at until those minutes are over. Bounded: the keys longest unused are forgotten first.
 */
final class FailedSignIns {
    private static final int MOST_KEYS = 20_000;
    private static final int PER_LOGIN = 10;
    private static final int PER_ADDRESS = 100;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private record Count(Instant since, int failures) {}

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_KEYS;
        }
    };

    FailedSignIns(InstantSource clock) {
        this.clock = clock;
    }

    /** How long this address has to wait before that login's password is looked at again; empty: not at all. */
    Optional<Duration> wait(String address, String login) {
        lock.lock();
        try {
            var one = wait(key(address, login), PER_LOGIN);
            return one.isPresent() ? one : wait(address, PER_ADDRESS);
        } finally {
            lock.unlock();
        }
    }

    /** How long this address has to wait before anything it says is looked at again. */
    Optional<Duration> wait(String address) {
        lock.lock();
        try {
            return wait(address, PER_ADDRESS);
        } finally {
            lock.unlock();
        }
    }

    void failed(String address) {
        lock.lock();
        try {
            count(address);
        } finally {
            lock.unlock();
        }
    }

    void failed(String address, String login) {
        lock.lock();
        try {
            count(key(address, login));
            count(address);
        } finally {
            lock.unlock();
        }
    }

    void succeeded(String address, String login) {
        lock.lock();
        try {
            counts.remove(key(address, login));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Duration> wait(String key, int most) {
        var count = counts.get(key);
        if (count == null || count.failures() < most) {
            return Optional.empty();
        }
        var left = Duration.between(clock.instant(), count.since().plus(WINDOW));
        return left.isPositive() ? Optional.of(left) : Optional.empty();
    }

    private void count(String key) {
        var now = clock.instant();
        var before = counts.get(key);
        if (before == null || now.isAfter(before.since().plus(WINDOW))) {
            counts.put(key, new Count(now, 1));
        } else {
            counts.put(key, new Count(before.since(), before.failures() + 1));
        }
    }

    private static String key(String address, String login) {
        return address + " " + (login.length() > 254 ? login.substring(0, 254) : login);
    }
}
