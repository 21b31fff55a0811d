package org.merpati.core.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.api.watch.Watch;
import org.merpati.core.api.watch.Watchers;

/** The watchers of this node. Other nodes' changes will come in through {@link #changed}, called by their carrier. */
public final class LocalWatchers implements Watchers {
    private final Map<AccountId, Set<LocalWatch>> watches = new ConcurrentHashMap<>();

    @Override
    public Watch watch(AccountId account) {
        var watch = new LocalWatch(account);
        watches.compute(account, (id, all) -> {
            Set<LocalWatch> known = all == null ? ConcurrentHashMap.newKeySet() : all;
            known.add(watch);
            return known;
        });
        return watch;
    }

    @Override
    public void changed(Change change) {
        var all = watches.get(change.account());
        if (all != null) {
            all.forEach(watch -> watch.tell(change));
        }
    }

    /** How many watches are open; for tests and figures. */
    public int open() {
        return watches.values().stream().mapToInt(Set::size).sum();
    }

    private final class LocalWatch implements Watch {
        private final AccountId account;
        private final AtomicReference<@Nullable Change> news = new AtomicReference<>();
        private volatile @Nullable Runnable wake;

        LocalWatch(AccountId account) {
            this.account = account;
        }

        @Override
        public void onChange(Runnable task) {
            wake = task;
            if (news.get() != null) {
                task.run();
            }
        }

        @Override
        public Optional<Change> take() {
            return Optional.ofNullable(news.getAndSet(null));
        }

        void tell(Change change) {
            // before wake is read: onChange sets wake before it looks for news, so one of the two sees it
            news.accumulateAndGet(change, (known, more) -> known == null ? more : known.and(more));
            var task = wake;
            if (task != null) {
                task.run();
            }
        }

        @Override
        public void close() {
            watches.computeIfPresent(account, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
