package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.merpati.core.api.Platform;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.store.Migrations;

/**
 * Asks the door until the server behind it is ready: its beans are there and the database's schema is up to date. In a
 * container a listener is activated before that.
 */
final class Readiness {
    private static final System.Logger LOG = System.getLogger(Readiness.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** One line of waiting a minute. */
    private static final int TELL_EVERY = 300;

    private final Door door;
    private final CountDownLatch given;

    /** Gives up when {@code given} opens. */
    Readiness(Door door, CountDownLatch given) {
        this.door = door;
        this.given = given;
    }

    /** Waits on the calling thread. Empty when it was given up. */
    Optional<Platform> await() {
        for (long asked = 0; given.getCount() > 0; asked++) {
            var outcome = door.call(services -> services.get(Migrations.class).done()
                    ? Optional.of(services.get(Platform.class))
                    : Optional.<Platform>empty());
            if (outcome instanceof Outcome.Done<Optional<Platform>>(var platform) && platform.isPresent()) {
                return platform;
            }
            if (asked % TELL_EVERY == 10) {
                LOG.log(asked == 10 ? INFO : WARNING, "ports are bound, waiting for the store: " + told(outcome));
            }
            Waiting.upTo(PAUSE, left -> given.await(left, TimeUnit.NANOSECONDS));
        }
        return Optional.empty();
    }

    private static String told(Outcome<Optional<Platform>> outcome) {
        return switch (outcome) {
            case Outcome.Done<Optional<Platform>> done -> "its schema is not up to date yet";
            case Outcome.Failed<Optional<Platform>>(var kind, var id) -> kind + " " + id;
            case Outcome.Unavailable<Optional<Platform>> unavailable -> "not started yet";
        };
    }
}
