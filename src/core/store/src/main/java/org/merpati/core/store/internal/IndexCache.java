package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.index.IndexRow;
import org.merpati.core.store.index.MailboxIndex;

/**
 * The indexes in memory, those used last within {@code cache.index-size}. Each is brought up to date when it is asked for:
 * the mailbox's modseq is read, and what changed since. So it is never behind a commit that was finished before the
 * question, of whatever session or node, and knows nothing of a transaction that rolls back. What a transaction of this node
 * has changed is mostly here already by then ({@link IndexSteps}).
 */
@ApplicationScoped
public class IndexCache {
    /** What a message takes at the most, keyword sets aside, chunks half full. */
    private static final long ROW = 64;

    /** How often what changed meanwhile is read again. */
    private static final int ROUNDS = 8;

    @Inject
    IndexReader reader;

    @Inject
    PlatformHolder server;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<MailboxId, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;

    /** One mailbox's place in the cache; who brings its index up to date holds its lock. */
    private static final class Slot {
        private final ReentrantLock updating = new ReentrantLock();
        private volatile @Nullable MailboxIndex index;
        private long counted; // in octets; under the cache's lock
    }

    /**
     * All messages of the mailbox, as of now. Call it with no transaction open: it reads in one of its own.
     *
     * @return empty when there is no such mailbox, or when its index alone would be larger than the cache
     */
    public Optional<MailboxIndex> get(AccountId account, MailboxId mailbox) {
        var state = reader.state(account, mailbox);
        if (state.isEmpty()) {
            forget(mailbox);
            return Optional.empty();
        }
        if (isTooLarge(state.get())) {
            forget(mailbox);
            return Optional.empty();
        }
        return shared(account, mailbox, state.get(), MailboxIndex.empty());
    }

    /** All messages of the mailbox, as of now; {@code held} is the caller's, used where there is no better one here. */
    public Optional<MailboxIndex> get(AccountId account, MailboxId mailbox, MailboxIndex held) {
        var state = reader.state(account, mailbox);
        if (state.isEmpty()) {
            forget(mailbox);
            return Optional.empty();
        }
        if (isTooLarge(state.get())) {
            forget(mailbox);
            return current(held, account, mailbox, state.get());
        }
        return shared(account, mailbox, state.get(), held);
    }

    /** The index as it is here, if it is of that state; asks nobody. Under the account's lock it is what the rows say. */
    Optional<MailboxIndex> at(MailboxId mailbox, ModSeq modSeq) {
        var slot = known(mailbox);
        return Optional.ofNullable(slot == null ? null : slot.index)
                .filter(index -> index.modSeq().equals(modSeq));
    }

    private boolean isTooLarge(IndexReader.State state) {
        return state.messages() * ROW > limit();
    }

    private Optional<MailboxIndex> shared(
            AccountId account, MailboxId mailbox, IndexReader.State state, MailboxIndex held) {
        var slot = slot(mailbox);
        var known = slot.index;
        if (known != null && known.modSeq().equals(state.modSeq())) {
            return Optional.of(known);
        }
        slot.updating.lock();
        try {
            var here = slot.index;
            var index = current(here == null ? held : here, account, mailbox, state);
            index.ifPresentOrElse(
                    now -> {
                        slot.index = now;
                        count(mailbox, slot, now.octets());
                    },
                    () -> forget(mailbox));
            return index;
        } finally {
            slot.updating.unlock();
        }
    }

    /**
     * Writers go on while we read, and each statement sees another state. Every change in a mailbox raises its modseq, so that
     * what changed since the modseq read first is read again; when that is still the same afterwards, all that was read is of
     * one state. Where writers never pause, the last state but a few is good enough: the next question brings the rest.
     *
     * @param seen the state when the question came; what is known may be newer by now
     */
    private Optional<MailboxIndex> current(
            MailboxIndex known, AccountId account, MailboxId mailbox, IndexReader.State seen) {
        var index = known;
        for (int round = 0; round < ROUNDS; round++) {
            boolean first = round == 0 && index.modSeq().compareTo(seen.modSeq()) <= 0;
            var state = first ? Optional.of(seen) : reader.state(account, mailbox);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            var now = state.get().modSeq();
            if (index.modSeq().equals(now)) {
                return Optional.of(index);
            }
            boolean bridged = index.modSeq().compareTo(state.get().historyFrom()) >= 0;
            index = bridged ? reader.changed(index, account, mailbox, now) : loaded(mailbox, now);
        }
        return Optional.of(index);
    }

    /**
     * A mailbox whose index is not what its rows say.
     *
     * @param expected the first row that differs
     * @param found what the index has in its place
     */
    record Difference(MailboxId mailbox, String name, String expected, String found) {}

    /** Of the account's mailboxes whose indexes are here. Call it with no transaction open. */
    List<Difference> differences(AccountId account) {
        var found = new ArrayList<Difference>();
        reader.mailboxes(account).forEach((mailbox, name) -> {
            if (has(mailbox)) {
                difference(account, mailbox, name).ifPresent(found::add);
            }
        });
        return found;
    }

    /** Empty too when writers never pause for long enough to compare. */
    private Optional<Difference> difference(AccountId account, MailboxId mailbox, String name) {
        for (int round = 0; round < ROUNDS; round++) {
            var index = get(account, mailbox);
            if (index.isEmpty()) {
                return Optional.empty();
            }
            var difference = compared(index.get(), mailbox, name);
            if (difference.isEmpty()) {
                return difference;
            }
            var after = reader.state(account, mailbox);
            if (after.isPresent() && after.get().modSeq().equals(index.get().modSeq())) {
                return difference; // it was that all the time, so that index and rows are of one state
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> compared(MailboxIndex index, MailboxId mailbox, String name) {
        int place = 0;
        long last = 0;
        while (true) {
            var page = reader.page(mailbox, last);
            for (var row : page) {
                var here = place < index.size() ? index.row(place) : null;
                if (!row.indexed().equals(here)) {
                    return Optional.of(different(mailbox, name, row.toString(), here));
                }
                place++;
            }
            if (reader.isLast(page)) {
                return place == index.size()
                        ? Optional.empty()
                        : Optional.of(different(mailbox, name, "no message", index.row(place)));
            }
            last = page.getLast().uid();
        }
    }

    private static Difference different(MailboxId mailbox, String name, String expected, @Nullable IndexRow found) {
        return new Difference(mailbox, name, expected, found == null ? "no message" : found.toString());
    }

    private boolean has(MailboxId mailbox) {
        lock.lock();
        try {
            return slots.containsKey(mailbox);
        } finally {
            lock.unlock();
        }
    }

    private MailboxIndex loaded(MailboxId mailbox, ModSeq now) {
        var index = MailboxIndex.empty();
        long last = 0;
        while (true) {
            var page = reader.page(mailbox, last);
            index = index.with(now, page, List.of());
            if (reader.isLast(page)) {
                return index;
            }
            last = page.getLast().uid();
        }
    }

    /**
     * A transaction that has committed took the mailbox from one modseq to another: if the index here is of the first one, it
     * need not be read to follow. Otherwise nothing happens, nor while somebody else brings it up to date.
     */
    void step(MailboxId mailbox, ModSeq before, UnaryOperator<MailboxIndex> change) {
        var slot = known(mailbox);
        if (slot == null || !slot.updating.tryLock()) {
            return;
        }
        try {
            var here = slot.index;
            if (here != null && here.modSeq().equals(before)) {
                var next = change.apply(here);
                slot.index = next;
                count(mailbox, slot, next.octets());
            }
        } finally {
            slot.updating.unlock();
        }
    }

    private @Nullable Slot known(MailboxId mailbox) {
        lock.lock();
        try {
            return slots.get(mailbox);
        } finally {
            lock.unlock();
        }
    }

    private Slot slot(MailboxId mailbox) {
        lock.lock();
        try {
            return slots.computeIfAbsent(mailbox, id -> new Slot());
        } finally {
            lock.unlock();
        }
    }

    /** It is read anew when it is asked for. */
    void forget(MailboxId mailbox) {
        lock.lock();
        try {
            var slot = slots.remove(mailbox);
            if (slot != null) {
                octets -= slot.counted;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts the slot anew and lets go of those not used for longest. */
    private void count(MailboxId mailbox, Slot slot, long now) {
        lock.lock();
        try {
            if (slots.get(mailbox) != slot) {
                return; // let go of meanwhile
            }
            octets += now - slot.counted;
            slot.counted = now;
            var eldest = slots.entrySet().iterator();
            while (octets > limit() && eldest.hasNext()) {
                octets -= eldest.next().getValue().counted;
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private long limit() {
        return server.platform().config().get(Settings.CACHE_INDEX_SIZE).octets();
    }
}
