package org.merpati.core.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Deliveries;
import org.merpati.core.store.Deliveries.Delivered;
import org.merpati.core.store.Deliveries.Delivery;
import org.merpati.core.store.StartedDeliveries;

/** Hands a delivery to the store and says {@code Done} when all of it is committed. */
final class Handover {
    /** How often a delivery is sent again while nobody knows whether it was committed; its id makes that harmless. */
    private static final int REPEATS = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Logger LOG = System.getLogger(Handover.class.getName());

    private final Door door;
    private final Consumer<Duration> pause;

    Handover(Door door, Consumer<Duration> pause) {
        this.door = door;
        this.pause = pause;
    }

    /** In one transaction. */
    Outcome<Delivered> whole(Delivery delivery) {
        var outcome = call(delivery);
        if (kind(outcome) != FailureKind.UNKNOWN_OUTCOME) {
            return outcome;
        }
        // From here on it may be there already: only Done settles it. Whatever else a repeat says is reason to ask
        // again, as the client's own repeat would be a second copy.
        var wait = FIRST_PAUSE;
        for (int repeat = 0; repeat < REPEATS && !(outcome instanceof Outcome.Done); repeat++) {
            pause.accept(wait);
            wait = wait.multipliedBy(2);
            outcome = call(delivery);
        }
        return outcome;
    }

    /**
     * In as many transactions as it has parts, between which others change the same accounts. When one of them fails, those
     * before it stay, and the client's repeat goes on under the id of this try.
     */
    Outcome<Delivered> inParts(Delivery delivery, String fingerprint) {
        Outcome<UUID> started =
                door.call(services -> services.get(StartedDeliveries.class).start(fingerprint, delivery.id()));
        if (!(started instanceof Outcome.Done<UUID>(var id))) {
            return started.map(never -> new Delivered(delivery.recipients()));
        }
        if (!id.equals(delivery.id())) {
            LOG.log(Level.INFO, () -> "message " + delivery.id() + " goes on with the delivery of " + id);
        }
        var gone = new ArrayList<AccountId>();
        for (var part : delivery.as(id).parts()) {
            var outcome = whole(part);
            if (!(outcome instanceof Outcome.Done<Delivered>(var delivered))) {
                return outcome;
            }
            gone.addAll(delivered.gone());
        }
        // until this is done a repeat is taken for the same message; so nobody is told before
        return door.call(services -> {
            services.get(StartedDeliveries.class).finish(fingerprint);
            return new Delivered(gone);
        });
    }

    private Outcome<Delivered> call(Delivery delivery) {
        return door.call(services -> services.get(Deliveries.class).deliver(delivery));
    }

    private static @Nullable FailureKind kind(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed ? failed.kind() : null;
    }
}
