package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;

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
            watchers.changed(account, new ModSeq(7));
            assertThat(mine).hasValue(2);
            assertThat(others).hasValue(0);
        }
        assertThat(watchers.open()).isZero();
    }

    @Test
    void aChangeBeforeAnybodyListensIsNotLost() {
        var told = new AtomicInteger();
        try (var watch = watchers.watch(account)) {
            watchers.changed(account, new ModSeq(1));
            watch.onChange(told::incrementAndGet);
            assertThat(told).hasValue(1);
        }
    }
}
