package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Absences.Absence;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** What is said to those who write to somebody who is away. A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbsencesContract {
    private static final Absence AWAY = new Absence(
            true,
            Optional.of(Instant.parse("0000-01-01T00:00:00Z")),
            Optional.of(Instant.parse("9999-12-31T23:59:59.999Z")),
            Optional.of("ä".repeat(Absences.LONGEST_SUBJECT)),
            Optional.of(""),
            Optional.of("ä".repeat(Absences.LONGEST_BODY)));

    private StoreUnderTest store;

    abstract EmbeddedRuntime open();

    @BeforeAll
    void start() {
        store = new StoreUnderTest(open());
    }

    @AfterAll
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    private Absences absences() {
        return store.via(Absences.class);
    }

    @Test
    void whatIsSetIsThereUntilItIsSetAnew() {
        var ann = store.account();
        assertThat(absences().find(ann).absence()).isEqualTo(Absence.NONE);
        assertThat(absences().set(ann, AWAY)).isTrue();
        assertThat(absences().find(ann).absence()).isEqualTo(AWAY);
        assertThat(absences().find(store.account()).absence()).isEqualTo(Absence.NONE);
        assertThat(absences().set(ann, Absence.NONE)).isTrue();
        assertThat(absences().find(ann).absence()).isEqualTo(Absence.NONE);
        assertThat(absences().set(new AccountId(-1), AWAY)).isFalse();
    }

    @Test
    void aChangeRaisesTheStateAndIsToldOf() {
        var ann = store.account();
        var before = absences().find(ann).state();
        try (var watch = store.watchers.watch(ann)) {
            absences().set(ann, AWAY);
            assertThat(watch.take().orElseThrow().kinds()).containsExactly(Change.Kind.VACATION);
        }
        assertThat(absences().find(ann).state().value()).isEqualTo(before.value() + 1);
    }
}
