package org.merpati.core.imap;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.mail.AccountId;

/**
 * How many sessions one user may have, and how many commands they may give in a minute, all together. Whoever is over the
 * second is made to wait: nothing fails, and it takes as long as the limit says.
 */
final class UserLimits {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int CROWD = 10_000;

    private final boolean on;
    private final int connections;
    private final int commands;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AccountId, User> users = new HashMap<>();

    UserLimits(Config config, LongSupplier nanos) {
        this.on = config.get(Settings.LIMITS_ENABLED);
        this.connections = config.get(Settings.IMAP_MAX_CONNECTIONS);
        this.commands = config.get(Settings.IMAP_MAX_COMMANDS);
        this.nanos = nanos;
    }

    private static final class User {
        private int sessions;
        private double left; // commands that may be given at once
        private long since;
    }

    /** A session's place among its user's. */
    final class Seat implements AutoCloseable {
        private final User user;
        private boolean closed;

        private Seat(User user) {
            this.user = user;
        }

        /** Counts a command, and says how long it has to wait. */
        Duration command() {
            if (!on) {
                return Duration.ZERO;
            }
            lock.lock();
            try {
                refill(user);
                user.left--;
                return user.left >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-user.left * MINUTE / commands));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    user.sessions--;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Empty when the user has as many sessions as there may be. */
    Optional<Seat> admit(AccountId account) {
        lock.lock();
        try {
            if (users.size() > CROWD) {
                users.values().removeIf(this::isForgettable);
            }
            var user = users.computeIfAbsent(account, id -> fresh());
            if (on && user.sessions >= connections) {
                return Optional.empty();
            }
            user.sessions++;
            return Optional.of(new Seat(user));
        } finally {
            lock.unlock();
        }
    }

    private User fresh() {
        var user = new User();
        user.left = commands;
        user.since = nanos.getAsLong();
        return user;
    }

    private boolean isForgettable(User user) {
        refill(user);
        return user.sessions == 0 && user.left >= commands;
    }

    private void refill(User user) {
        long now = nanos.getAsLong();
        user.left = Math.min(commands, user.left + (double) (now - user.since) * commands / MINUTE);
        user.since = now;
    }
}
