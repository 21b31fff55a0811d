package org.merpati.core.jmap.push;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.watch.Change;
import org.merpati.core.api.watch.Watch;
import org.merpati.core.api.watch.Watchers;
import org.merpati.core.jmap.PushedType;

/**
 * What one listener has to be told of one account. {@link #next} is called by one thread at a time; the others may be called by
 * any.
 */
public final class StateFeed implements AutoCloseable {
    private final Door door;
    private final AccountId account;
    private final List<PushedType> types;
    private final Watch watch;
    private final Map<String, String> known = new LinkedHashMap<>();
    /** What was taken from the watch and not told yet, as the store could not be asked. */
    private final Set<Change.Kind> owed = EnumSet.noneOf(Change.Kind.class);

    private StateFeed(Door door, AccountId account, List<PushedType> types, Watch watch) {
        this.door = door;
        this.account = account;
        this.types = List.copyOf(types);
        this.watch = watch;
    }

    /**
     * Begins to watch.
     *
     * @param since what the client knows: {@link #next} tells it first of what is otherwise now; empty: it knows all that is
     * @throws NotDone when the store can't say now
     */
    public static StateFeed begin(
            Door door, Watchers watchers, AccountId account, List<PushedType> types, Optional<PushState> since) {
        var feed = new StateFeed(door, account, types, watchers.watch(account));
        try {
            if (since.isPresent()) {
                feed.known.putAll(since.get().states());
                feed.known
                        .keySet()
                        .retainAll(types.stream().map(PushedType::name).toList());
                feed.owed.addAll(Change.Kind.ofData());
            } else {
                feed.known.putAll(door.call(services -> feed.states(services)).orThrow());
            }
            return feed;
        } catch (RuntimeException e) {
            feed.close();
            throw e;
        }
    }

    private Map<String, String> states(Services services) {
        var states = new LinkedHashMap<String, String>();
        types.forEach(type -> states.put(type.name(), type.state(services, account)));
        return states;
    }

    /** Calls {@code wake} whenever {@link #next} may have something; on the thread that changed the account. */
    public void onChange(Runnable wake) {
        watch.onChange(wake);
    }

    /**
     * What changed since it was last asked, through the door; empty when nothing did that the listener wants to know.
     *
     * @throws NotDone when the store can't say now: the next call will
     */
    public Optional<StateChange> next() {
        watch.take().ifPresent(change -> owed.addAll(change.kinds()));
        var concerned = types.stream()
                .filter(type -> type.kinds().stream().anyMatch(owed::contains))
                .toList();
        if (concerned.isEmpty()) {
            owed.clear();
            return Optional.empty();
        }
        var changed = new LinkedHashMap<String, String>();
        door.call(services -> news(services, concerned)).orThrow().forEach((name, state) -> {
            known.put(name, state.state());
            if (state.news()) {
                changed.put(name, state.state());
            }
        });
        owed.clear();
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new StateChange(IdKind.ACCOUNT.id(account.value()), changed, state()));
    }

    private record Read(String state, boolean news) {}

    private Map<String, Read> news(Services services, List<PushedType> concerned) {
        var all = new LinkedHashMap<String, Read>();
        for (var type : concerned) {
            var now = type.state(services, account);
            var before = known.get(type.name());
            all.put(type.name(), new Read(now, before == null || type.news(services, account, before, now)));
        }
        return all;
    }

    /** All that the listener has been told, or knew. */
    public PushState state() {
        return new PushState(new LinkedHashMap<>(known));
    }

    @Override
    public void close() {
        watch.close();
    }
}
