package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;

class LocalWatchersTest {
    private final LocalWatchers watchers = new LocalWatchers();
    private final AccountId account = new AccountId(1);

    @Test
    void everyWatcherOfTheAccountIsToldAndNoOther() {
        var mine = new AtomicInteger();
        var others = new AtomicInteger();
        try (var one = watchers.watch(account);
                var two = watchers.watch(account);
                var other = watchers.watch(new AccountId(2))) {
            one.onChange(mine::incrementAndGet);
            two.onChange(mine::incrementAndGet);
            other.onChange(others::incrementAndGet);
            watchers.changed(change(7, Change.Kind.EMAIL));
            assertThat(mine).hasValue(2);
            assertThat(others).hasValue(0);
        }
        assertThat(watchers.open()).isZero();
    }

    @Test
    void aChangeBeforeAnybodyListensIsNotLost() {
        var told = new AtomicInteger();
        try (var watch = watchers.watch(account)) {
            watchers.changed(change(1, Change.Kind.EMAIL));
            watch.onChange(told::incrementAndGet);
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void changesAddUpUntilTheyAreTaken() {
        try (var watch = watchers.watch(account)) {
            assertThat(watch.take()).isEmpty();
            watchers.changed(change(8, Change.Kind.EMAIL));
            watchers.changed(change(7, Change.Kind.MAILBOX));
            assertThat(watch.take())
                    .contains(new Change(account, new ModSeq(8), Set.of(Change.Kind.EMAIL, Change.Kind.MAILBOX)));
            assertThat(watch.take()).isEmpty();
        }
    }

    private Change change(long modSeq, Change.Kind kind) {
        return new Change(account, new ModSeq(modSeq), Set.of(kind));
    }
}
