package org.merpati.core.jmap.push;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.store.PushSubscriptions;
import org.merpati.core.store.PushSubscriptions.Subscription;
import org.merpati.core.store.ServerSecrets;
import org.merpati.lib.jmap.webpush.Vapid;

/**
 * Tells subscribed devices of changes (RFC 8620 §7.2). Until somebody gives it threads it sends nothing; what it has not sent is
 * not lost, as the next change tells of it too. It holds no address and no key: these are read when they are needed.
 */
public final class PushDelivery implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PushDelivery.class.getName());
    private static final String SECRET = "vapid"; // of ServerSecrets

    private final Door door;
    private final Platform platform;
    private final List<PushedType> types;
    private final Map<Long, PushTask> tasks = new ConcurrentHashMap<>();
    private final Map<Long, PushTask> verifications = new ConcurrentHashMap<>();
    private volatile @Nullable Vapid vapid;
    private volatile @Nullable Working working;
    private volatile long loadedTo;
    private volatile boolean loading = true;
    private volatile boolean again;

    public PushDelivery(Door door, Platform platform, List<PushedType> types) {
        this.door = door;
        this.platform = platform;
        this.types = List.copyOf(types);
    }

    private record Working(Executor executor, PushTransport transport) {}

    /** This server's key pair, which the database keeps; the caller may wait for it. */
    public Vapid vapid() {
        var known = vapid;
        if (known == null) {
            var host = platform.config().get(Settings.HOSTNAME);
            known = Vapid.of(ServerSecrets.of(door, SECRET), "mailto:postmaster@" + host);
            vapid = known;
        }
        return known;
    }

    /**
     * Goes to work. The executor's threads may use the door.
     *
     * @throws NotDone when the store can't be asked yet; to be called again
     */
    public void start(Executor executor) {
        working = new Working(executor, new PushTransport(platform.config(), vapid(), platform.clock(), executor));
        executor.execute(this::load);
    }

    /** Whether {@link #start} has succeeded. */
    public boolean started() {
        return working != null;
    }

    /** All that were verified before this server started, a page at a time. */
    private void load() {
        try {
            while (loading) {
                var page = door.call(services ->
                                services.get(PushSubscriptions.class).verified(loadedTo))
                        .orThrow();
                page.forEach(this::changed);
                loading = page.size() == PushSubscriptions.PAGE;
                if (!page.isEmpty()) {
                    loadedTo = page.getLast().id();
                }
            }
        } catch (NotDone e) {
            LOG.log(Level.WARNING, "push subscriptions can't be read now");
            again = true;
        }
    }

    /** Whether all there is to do waits for time or for a change. */
    public boolean idle() {
        return !loading
                && tasks.values().stream().allMatch(PushTask::idle)
                && verifications.values().stream().allMatch(PushTask::idle);
    }

    /** Called a few times a second; returns at once. */
    public void tick(Instant now) {
        var at = working;
        if (at == null) {
            return;
        }
        if (again) {
            again = false;
            at.executor().execute(this::load);
        }
        for (var all : List.of(tasks, verifications)) {
            all.forEach((id, task) -> {
                if (task.over()) {
                    all.remove(id, task);
                } else {
                    task.tick(now);
                }
            });
        }
    }

    /** Sends a new subscription its code. */
    public void verify(Subscription subscription) {
        begin(verifications, subscription, true);
    }

    /** A subscription was verified, or changed in another way. */
    public void changed(Subscription subscription) {
        if (subscription.verified()) {
            begin(tasks, subscription, false);
        }
    }

    /** In the place of what there was for the subscription. */
    private void begin(Map<Long, PushTask> among, Subscription subscription, boolean verification) {
        var at = working;
        if (at == null) {
            return;
        }
        var task = new PushTask(subscription.id(), verification, new TaskHome(at), at.executor());
        var before = among.put(subscription.id(), task);
        close(before);
        task.wake();
    }

    /** A subscription is over. */
    public void end(long id) {
        close(tasks.remove(id));
        close(verifications.remove(id));
    }

    private static void close(@Nullable PushTask task) {
        if (task != null) {
            task.close();
        }
    }

    @Override
    public void close() {
        var at = working;
        working = null;
        tasks.values().forEach(PushTask::close);
        verifications.values().forEach(PushTask::close);
        tasks.clear();
        verifications.clear();
        if (at != null) {
            at.transport().close();
        }
    }

    private final class TaskHome implements PushTask.Home {
        private final Working at;

        TaskHome(Working at) {
            this.at = at;
        }

        @Override
        public Optional<Subscription> current(long id) {
            return door.call(services -> services.get(PushSubscriptions.class).find(id))
                    .orThrow();
        }

        @Override
        public StateFeed feed(Subscription of) {
            var wanted = types.stream()
                    .filter(type -> of.types().isEmpty() || of.types().get().contains(type.name()))
                    .toList();
            return StateFeed.begin(door, platform.watchers(), of.account(), wanted, Optional.empty());
        }

        @Override
        public PushTransport transport() {
            return at.transport();
        }

        @Override
        public Instant now() {
            return platform.clock().instant();
        }

        @Override
        public void over(Subscription subscription) {
            door.call(services ->
                            services.get(PushSubscriptions.class).remove(subscription.account(), subscription.id()))
                    .orThrow();
        }
    }
}
