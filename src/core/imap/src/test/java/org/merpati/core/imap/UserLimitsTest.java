package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.mail.AccountId;

final class UserLimitsTest {
    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    private final AtomicLong nanos = new AtomicLong();

    private UserLimits limits(String enabled) {
        return new UserLimits(
                FakeHouse.config(
                        Map.of("imap.max-connections", "2", "imap.max-commands", "60", "limits.enabled", enabled)),
                nanos::get);
    }

    @Test
    void aUserHasSoManySessionsAndNoMore() {
        var limits = limits("true");
        var first = limits.admit(ALICE).orElseThrow();
        assertThat(limits.admit(ALICE)).isPresent();
        assertThat(limits.admit(ALICE)).isEmpty();
        assertThat(limits.admit(BOB)).isPresent();
        first.close();
        first.close();
        assertThat(limits.admit(ALICE)).isPresent();
        assertThat(limits.admit(ALICE)).isEmpty();
    }

    @Test
    void commandsOverTheLimitWaitForTheirTime() {
        var limits = limits("true");
        var one = limits.admit(ALICE).orElseThrow();
        var other = limits.admit(ALICE).orElseThrow();
        for (int i = 0; i < 60; i++) {
            assertThat((i % 2 == 0 ? one : other).command()).isZero();
        }
        assertThat(one.command()).isEqualTo(Duration.ofSeconds(1));
        assertThat(other.command()).isEqualTo(Duration.ofSeconds(2));
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(one.command()).isZero();
        assertThat(one.command()).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.admit(BOB).orElseThrow().command()).isZero();
    }

    @Test
    void comingAgainDoesNotMakeCommandsForgotten() {
        var limits = limits("true");
        try (var seat = limits.admit(ALICE).orElseThrow()) {
            for (int i = 0; i < 60; i++) {
                seat.command();
            }
        }
        assertThat(limits.admit(ALICE).orElseThrow().command()).isPositive();
    }

    @Test
    void thereAreNoLimitsWhereTheyAreOff() {
        var limits = limits("false");
        for (int i = 0; i < 5; i++) {
            var seat = limits.admit(ALICE).orElseThrow();
            for (int n = 0; n < 100; n++) {
                assertThat(seat.command()).isZero();
            }
        }
    }

    @Test
    void aSessionTooManyCanNotSignInAndMayTryAgain() {
        var house = new FakeHouse();
        var protocol = house.protocol(Map.of("auth.allow-plaintext", "true", "imap.max-connections", "1"));
        var second = new MemoryConnection(protocol);
        try (second) {
            second.line();
            try (var first = new MemoryConnection(protocol)) {
                first.line();
                assertThat(first.ask("a LOGIN alice@example.org secret")).startsWith("a OK");
                assertThat(second.ask("a LOGIN alice@example.org secret")).startsWith("a NO [LIMIT]");
                assertThat(first.ask("b UNAUTHENTICATE")).startsWith("b OK");
                assertThat(second.ask("b LOGIN alice@example.org secret")).startsWith("b OK");
                assertThat(first.ask("c LOGIN alice@example.org secret")).startsWith("c NO [LIMIT]");
            }
        }
    }
}
