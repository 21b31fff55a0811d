package org.merpati.adapter.jca;

import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;

/**
 * The door through a message-driven bean: an endpoint per call.
 *
 * <p>Containers differ when their pool of instances is exhausted: one refuses the endpoint at once, another lets the call
 * wait and throws then. Callers queue here instead, in order and for a bounded time, in front of fewer places than either
 * pool has.
 */
public final class EndpointDoor implements Door {
    private static final Logger LOG = System.getLogger(EndpointDoor.class.getName());

    /** Fewer than the instances of the smaller pool: 1,500 in deploy-descriptors/wildfly, 2,000 in glassfish-ejb-jar.xml. */
    static final int PLACES = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MessageEndpointFactory endpoints;
    private final Semaphore places;
    private final Duration patience;
    private final AtomicLong refusals = new AtomicLong();

    public EndpointDoor(MessageEndpointFactory endpoints) {
        this(endpoints, PLACES, PATIENCE);
    }

    EndpointDoor(MessageEndpointFactory endpoints, int places, Duration patience) {
        this.endpoints = endpoints;
        this.places = new Semaphore(places, true);
        this.patience = patience;
    }

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        if (!enter()) {
            return refused("no place at the door within " + patience, null);
        }
        try {
            return through(unit);
        } finally {
            places.release();
        }
    }

    private boolean enter() {
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // an Error too ends one call and not the connection: a class that can't be loaded during an undeployment is one
    private <T> Outcome<T> through(Unit<T> unit) {
        var begun = new AtomicBoolean();
        MessageEndpoint endpoint = null;
        try {
            endpoint = endpoints.createEndpoint(null);
            return ((Door) endpoint).call(services -> {
                begun.set(true);
                return unit.run(services);
            });
        } catch (Throwable e) {
            return begun.get() ? lost(e) : refused("the container gave no instance", e);
        } finally {
            release(endpoint);
        }
    }

    /** The bean makes outcomes of all that units throw, so this comes from the container, after the unit began. */
    private static <T> Outcome<T> lost(Throwable e) {
        var id = "c" + Long.toString(System.nanoTime() & 0xff_ffff_ffffL, 36);
        LOG.log(Level.ERROR, "failure " + id + " (" + FailureKind.UNKNOWN_OUTCOME + "): the container lost a call", e);
        return new Outcome.Failed<>(FailureKind.UNKNOWN_OUTCOME, id);
    }

    /** Told at powers of two, so that an exhausted server does not spend itself on its log. */
    private <T> Outcome<T> refused(String why, @Nullable Throwable e) {
        long count = refusals.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.log(Level.WARNING, why + " (" + count + " times until now)" + (e == null ? "" : ": " + e));
        }
        return new Outcome.Unavailable<>();
    }

    private static void release(@Nullable MessageEndpoint endpoint) {
        if (endpoint == null) {
            return;
        }
        try {
            endpoint.release();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "an endpoint was not released", e);
        }
    }
}
