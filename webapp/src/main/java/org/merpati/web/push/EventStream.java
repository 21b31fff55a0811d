package org.merpati.web.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.jmap.push.StateChange;
import org.merpati.core.jmap.push.StateFeed;
import org.merpati.core.jmap.push.Wakeful;
import org.merpati.lib.jmap.json.JsonWriter;

/** One client's event source. All of {@link #step} runs in one thread at a time; whatever else is called only wakes it. */
final class EventStream implements WriteListener, AsyncListener, PushChannel {
    private static final Logger LOG = System.getLogger(EventStream.class.getName());
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    /** How long a client may have no room for what is to be sent. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** After which a comment shows whether the client is still there, as what it does not acknowledge ends the connection. */
    static final Duration SILENCE = Duration.ofSeconds(45);

    /** Then the client comes again. */
    static final Duration LIFETIME = Duration.ofHours(6);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final StateFeed feed;
    private final boolean closeAfterState;
    private final Duration ping;
    private final InstantSource clock;
    private final Runnable onEnding;
    private final Runnable onEnd;
    private final Wakeful steps;
    private final Instant end;

    private volatile boolean ending;
    private volatile boolean lost;
    private volatile boolean due; // by time alone
    private volatile boolean ended;
    private volatile Instant lastWritten;
    private volatile Instant lastEvent;
    private volatile @Nullable Instant stuckSince;
    private boolean begun;
    private boolean unflushed;
    private boolean last;

    /**
     * @param onEnding is called once, before the client sees the end
     * @param onEnd is called once, when the client is gone or was sent away
     */
    EventStream(
            AsyncContext async,
            ServletOutputStream out,
            StateFeed feed,
            StreamRequest wanted,
            InstantSource clock,
            Executor executor,
            Runnable onEnding,
            Runnable onEnd) {
        this.async = async;
        this.out = out;
        this.feed = feed;
        this.closeAfterState = wanted.closeAfterState();
        this.ping = wanted.ping();
        this.clock = clock;
        this.onEnding = onEnding;
        this.onEnd = onEnd;
        this.steps = new Wakeful(executor, this::step);
        this.lastWritten = clock.instant();
        this.lastEvent = lastWritten;
        this.end = lastWritten.plus(LIFETIME);
    }

    /** After this the container and the feed may wake it. */
    void begin() {
        async.addListener(this);
        out.setWriteListener(this);
        feed.onChange(steps::wake);
    }

    @Override
    public void end() {
        ending = true;
        steps.wake();
    }

    @Override
    public void signOut() {
        end();
    }

    @Override
    public void tick(Instant now) {
        var stuck = stuckSince;
        if (due
                || !now.isBefore(lastWritten.plus(SILENCE))
                || (!ping.isZero() && !now.isBefore(lastEvent.plus(ping)))
                || (stuck != null && !now.isBefore(stuck.plus(PATIENCE)))
                || !now.isBefore(end)) {
            due = false;
            steps.wake();
        }
    }

    private void step() {
        if (ended) {
            return;
        }
        try {
            while (write()) {
                lastWritten = clock.instant();
            }
        } catch (NotDone e) {
            due = true; // the store can't say now: asked again with the next tick
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "event source ended", e);
            finish();
        }
    }

    /** Writes what is to be written, if there is room; whether it may be called again. */
    private boolean write() throws IOException {
        if (lost) {
            finish();
            return false;
        }
        if (!out.isReady()) { // the container will call onWritePossible
            var now = clock.instant();
            var since = stuckSince;
            stuckSince = since == null ? now : since;
            if (ending || (since != null && !now.isBefore(since.plus(PATIENCE)))) {
                finish();
            }
            return false;
        }
        stuckSince = null;
        if (unflushed) {
            unflushed = false;
            out.flush();
            return true;
        }
        if (last || ending || !clock.instant().isBefore(end)) {
            finish();
            return false;
        }
        var octets = next();
        if (octets.isEmpty()) {
            return false;
        }
        unflushed = true;
        out.write(octets.get());
        return true;
    }

    private Optional<byte[]> next() {
        if (!begun) {
            begun = true;
            return Optional.of(COMMENT); // the headers go out with it
        }
        var now = clock.instant();
        var change = feed.next();
        if (change.isPresent()) {
            last = closeAfterState;
            lastEvent = now;
            return Optional.of(state(change.get()));
        }
        if (!ping.isZero() && !now.isBefore(lastEvent.plus(ping))) {
            lastEvent = now;
            return Optional.of(ping());
        }
        return now.isBefore(lastWritten.plus(SILENCE)) ? Optional.empty() : Optional.of(COMMENT);
    }

    private static byte[] state(StateChange change) {
        return ("event: state\nid: " + change.all() + "\ndata: "
                        + new String(JsonWriter.bytes(change.toJson()), StandardCharsets.UTF_8) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] ping() {
        var data = JsonNodeFactory.instance.objectNode().put("interval", ping.toSeconds());
        return ("event: ping\ndata: " + new String(JsonWriter.bytes(data), StandardCharsets.UTF_8) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
        feed.close();
        onEnding.run();
        try {
            if (!lost) {
                async.complete();
            }
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "event source had ended", e);
        } finally {
            onEnd.run();
        }
    }

    @Override
    public void onWritePossible() {
        steps.wake();
    }

    @Override
    public void onError(Throwable failure) {
        ending = true;
        steps.wake();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        lost = true;
        steps.wake();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // it is started once
    }
}
