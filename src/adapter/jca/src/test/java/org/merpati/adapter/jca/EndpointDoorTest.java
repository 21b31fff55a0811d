package org.merpati.adapter.jca;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Outcome.Done;
import org.merpati.core.api.door.Outcome.Failed;
import org.merpati.core.api.door.Outcome.Unavailable;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;

class EndpointDoorTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration IMPATIENT = Duration.ofMillis(20);

    private final Container container = new Container();

    @Test
    void aUnitRunsInTheBeanAndTheEndpointIsGivenBack() {
        var door = new EndpointDoor(container, 1, PATIENT);

        assertThat(door.call(services -> 42)).isEqualTo(new Done<>(42));
        assertThat(door.call(services -> 43)).isEqualTo(new Done<>(43));
        assertThat(container.created.get()).isEqualTo(2);
        assertThat(container.released.get()).isEqualTo(2);
    }

    @Test
    void aContainerWithoutAFreeEndpointMeansUnavailable() {
        container.createFails = new UnavailableException("message bean resources exceeded");

        assertThat(new EndpointDoor(container, 1, PATIENT).call(services -> 42)).isEqualTo(new Unavailable<>());
    }

    @Test
    void aCallThatFailsBeforeTheUnitBeganMeansUnavailableAndGivesTheEndpointBack() {
        container.callFails = new IllegalStateException("failed to acquire a permit");

        assertThat(new EndpointDoor(container, 1, PATIENT).call(services -> 42)).isEqualTo(new Unavailable<>());
        assertThat(container.released.get()).isEqualTo(1);
    }

    @Test
    void aCallThatTheContainerLosesAfterTheUnitBeganHasAnUnknownOutcome() {
        container.failsAfterwards = new NoClassDefFoundError("the application is being undeployed");

        var outcome = new EndpointDoor(container, 1, PATIENT).call(services -> 42);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME));
        assertThat(container.released.get()).isEqualTo(1);
    }

    @Test
    void aReleaseThatFailsChangesNothing() {
        container.releaseFails = new IllegalStateException("released already");

        assertThat(new EndpointDoor(container, 1, PATIENT).call(services -> 42)).isEqualTo(new Done<>(42));
    }

    @Test
    void noMoreUnitsEnterThanThereArePlacesAndAllHaveTheirTurn() throws Exception {
        var door = new EndpointDoor(container, 3, PATIENT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome<Integer>>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int number = i;
                calls.add(threads.submit(() -> door.call(services -> number)));
            }
            for (int i = 0; i < calls.size(); i++) {
                assertThat(calls.get(i).get()).isEqualTo(new Done<>(i));
            }
        }
        assertThat(container.mostAtOnce.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void whoeverFindsNoPlaceInTimeIsRefusedAndThePlaceIsFreeLater() throws Exception {
        var door = new EndpointDoor(container, 1, IMPATIENT);
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = threads.submit(() -> door.call(services -> {
                inside.countDown();
                await(leave);
                return 1;
            }));
            await(inside);
            assertThat(door.call(services -> 2)).isEqualTo(new Unavailable<>());
            leave.countDown();
            assertThat(held.get()).isEqualTo(new Done<>(1));
        }
        assertThat(door.call(services -> 3)).isEqualTo(new Done<>(3));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A container that lends one bean per endpoint, and fails where it is told to. */
    private static final class Container implements MessageEndpointFactory {
        final AtomicInteger created = new AtomicInteger();
        final AtomicInteger released = new AtomicInteger();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();

        @Nullable
        UnavailableException createFails;

        @Nullable
        RuntimeException callFails;

        @Nullable
        Error failsAfterwards;

        @Nullable
        RuntimeException releaseFails;

        @Override
        public MessageEndpoint createEndpoint(@Nullable XAResource resource) throws UnavailableException {
            if (createFails != null) {
                throw createFails;
            }
            created.incrementAndGet();
            return new Endpoint();
        }

        @Override
        public MessageEndpoint createEndpoint(@Nullable XAResource resource, long timeout) throws UnavailableException {
            return createEndpoint(resource);
        }

        @Override
        public boolean isDeliveryTransacted(Method method) {
            return false;
        }

        @Override
        public String getActivationName() {
            return "test";
        }

        @Override
        public Class<?> getEndpointClass() {
            return Endpoint.class;
        }

        private final class Endpoint implements MessageEndpoint, Door {
            @Override
            public <T> Outcome<T> call(Unit<T> unit) {
                if (callFails != null) {
                    throw callFails;
                }
                mostAtOnce.accumulateAndGet(inside.incrementAndGet(), Math::max);
                try {
                    var outcome = new Done<>(unit.run(new NoServices()));
                    if (failsAfterwards != null) {
                        throw failsAfterwards;
                    }
                    return outcome;
                } finally {
                    inside.decrementAndGet();
                }
            }

            @Override
            public void beforeDelivery(Method method) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void afterDelivery() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void release() {
                released.incrementAndGet();
                if (releaseFails != null) {
                    throw releaseFails;
                }
            }
        }
    }

    private static final class NoServices implements Services {
        @Override
        public <S> S get(Class<S> service) {
            throw new IllegalStateException("no service " + service);
        }
    }
}
