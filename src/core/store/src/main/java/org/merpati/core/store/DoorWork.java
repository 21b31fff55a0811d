package org.merpati.core.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.merpati.core.api.door.ConnectionReset;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;

/**
 * What happens behind every door, whichever home it is in: runs the unit, repeats it after a harmless rollback, and makes
 * an outcome of whatever was thrown, so that no exception discards a bean or fills the container's log.
 *
 * <p>It stands outside the transactional interceptor on purpose: a repeat is a new transaction.
 */
@ApplicationScoped
public class DoorWork {
    private static final Logger LOG = System.getLogger(DoorWork.class.getName());
    private static final int TRIES = 3;

    @Inject
    @Any
    Instance<Object> beans;

    @Inject
    Instance<ConnectionReset> connectionReset;

    @Inject
    Migrations migrations;

    private final Map<Class<?>, Object> found = new ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong(System.nanoTime() & 0xffff);

    /** Never throws. Unavailable until the schema is ready. */
    public <T> Outcome<T> run(Unit<T> unit) {
        if (!migrations.done()) {
            return new Outcome.Unavailable<>();
        }
        Services services = this::service;
        for (int attempt = 1; ; attempt++) {
            try {
                return new Outcome.Done<>(unit.run(services));
            } catch (Throwable thrown) {
                var failure = Failure.of(thrown);
                if (failure.repeatable() && attempt < TRIES) {
                    continue;
                }
                return failed(failure, thrown);
            }
        }
    }

    private <T> Outcome<T> failed(Failure failure, Throwable thrown) {
        var id = Long.toString(failures.incrementAndGet(), 36);
        LOG.log(Level.WARNING, "failure " + id + " (" + failure.kind() + ")", thrown);
        if (failure.kind() == FailureKind.NO_SPACE || failure.kind() == FailureKind.NO_CONNECTION) {
            connectionReset.stream().forEach(ConnectionReset::reset);
        }
        return new Outcome.Failed<>(failure.kind(), id);
    }

    /** The services are application-scoped proxies or singletons, so that one look-up serves for good. */
    private <S> S service(Class<S> type) {
        return type.cast(found.computeIfAbsent(type, wanted -> {
            var bean = beans.select(wanted);
            if (!bean.isResolvable()) {
                throw new IllegalStateException("no single service " + wanted.getName());
            }
            return bean.get();
        }));
    }
}
