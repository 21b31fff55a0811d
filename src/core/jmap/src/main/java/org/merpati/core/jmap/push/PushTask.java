package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.push.PushTransport.Message;
import org.merpati.core.jmap.push.PushTransport.Outcome;
import org.merpati.core.store.PushSubscriptions.Subscription;

/**
 * One subscription at work: first its verification, then changes. One message is under way at a time, at most one a second, and
 * what happens meanwhile is added up. A message that fails is tried three times more, each later than the one before; then it is
 * given up, and the next change is told instead.
 */
final class PushTask {
    private static final Logger LOG = System.getLogger(PushTask.class.getName());

    static final Duration THROTTLE = Duration.ofSeconds(1);
    static final int RETRIES = 3;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(1);

    /** What a task needs of the house. */
    interface Home {
        /** The subscription as it is now, with its secrets; empty when it is over. Through the door. */
        Optional<Subscription> current(long id);

        StateFeed feed(Subscription of);

        PushTransport transport();

        Instant now();

        /** It is over: its row is to go. Through the door. */
        void over(Subscription subscription);
    }

    private final long id;
    private final Home home;
    private final Wakeful steps;
    private final Map<String, String> pending = new LinkedHashMap<>();
    private final AtomicReference<@Nullable Outcome> answer = new AtomicReference<>();
    private @Nullable StateFeed feed;
    private volatile Instant notBefore = Instant.MIN;
    private volatile boolean waiting; // for notBefore
    private volatile boolean closed;
    private boolean verify;
    private volatile boolean underWay;
    private int failures;

    /** @param verify whether the device is still to be sent its code, and nothing else */
    PushTask(long id, boolean verify, Home home, Executor executor) {
        this.id = id;
        this.verify = verify;
        this.home = home;
        this.steps = new Wakeful(executor, this::step);
    }

    void wake() {
        steps.wake();
    }

    void tick(Instant now) {
        if (waiting && !now.isBefore(notBefore)) {
            waiting = false;
            steps.wake();
        }
    }

    void close() {
        closed = true;
        steps.wake();
    }

    private void step() {
        try {
            if (closed) {
                end();
                return;
            }
            take(answer.getAndSet(null));
            if (underWay || closed) {
                return;
            }
            if (home.now().isBefore(notBefore)) {
                waiting = true;
                return;
            }
            send();
        } catch (NotDone e) {
            later(FIRST_WAIT); // the store can't be asked now
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "push subscription " + id, e);
            later(LONGEST_WAIT);
        }
    }

    private void send() {
        var current = home.current(id);
        if (current.isEmpty() || (!verify && !current.get().verified())) {
            end();
            return;
        }
        var to = current.get();
        Message message;
        if (verify) {
            message = new Message(verification(to), LIFE, "high", Optional.empty());
        } else {
            feed(to).next().ifPresent(change -> pending.putAll(change.changed()));
            if (pending.isEmpty()) {
                return;
            }
            message = change(to);
        }
        underWay = true;
        var unused = home.transport().send(to, message).thenAccept(outcome -> {
            answer.set(outcome);
            steps.wake();
        });
    }

    private StateFeed feed(Subscription to) {
        var begun = feed;
        if (begun == null) {
            begun = home.feed(to);
            feed = begun;
            begun.onChange(steps::wake);
        }
        return begun;
    }

    private ObjectNode verification(Subscription to) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("@type", "PushVerification")
                .put("pushSubscriptionId", IdKind.PUSH_SUBSCRIPTION.id(id))
                .put("verificationCode", to.code());
    }

    /** A message stands for those before it that tell of the same types. */
    private Message change(Subscription to) {
        var json = JsonNodeFactory.instance.objectNode().put("@type", "StateChange");
        var states = json.putObject("changed")
                .putObject(IdKind.ACCOUNT.id(to.account().value()));
        pending.forEach(states::put);
        var topic = HexFormat.of().toHexDigits(new TreeSet<>(pending.keySet()).hashCode());
        return new Message(json, LIFE, pending.containsKey("EmailDelivery") ? "normal" : "low", Optional.of(topic));
    }

    private void take(@Nullable Outcome outcome) {
        if (outcome == null) {
            return;
        }
        underWay = false;
        switch (outcome) {
            case Outcome.Taken taken -> done();
            case Outcome.Gone gone -> {
                home.current(id).ifPresent(home::over);
                end();
            }
            case Outcome.Later(var after) -> {
                failures++;
                if (failures > RETRIES) {
                    LOG.log(Level.DEBUG, () -> "push subscription " + id + " does not answer");
                    done();
                } else {
                    var wait = FIRST_WAIT.multipliedBy(1L << (2 * (failures - 1))); // 2, 8, 32 seconds
                    later(after.filter(asked -> asked.compareTo(wait) > 0).orElse(wait));
                }
            }
            case Outcome.Refused(var why) -> {
                LOG.log(Level.DEBUG, () -> "push subscription " + id + ": " + why);
                done();
            }
        }
    }

    /** With this message, taken or given up. */
    private void done() {
        failures = 0;
        pending.clear();
        if (verify) {
            end();
        } else {
            later(THROTTLE);
        }
    }

    private void later(Duration wait) {
        notBefore = home.now().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        waiting = true;
    }

    private void end() {
        closed = true;
        waiting = false;
        pending.clear();
        var begun = feed;
        feed = null;
        if (begun != null) {
            begun.close();
        }
    }

    /** Whether it only waits. */
    boolean idle() {
        return !underWay && steps.idle();
    }

    boolean over() {
        return closed;
    }
}
