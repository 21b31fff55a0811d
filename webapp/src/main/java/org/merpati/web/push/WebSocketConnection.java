package org.merpati.web.push;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.Platform;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.jmap.JmapApi;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.push.JmapSocket;
import org.merpati.core.jmap.push.Wakeful;
import org.merpati.lib.jmap.RequestError;

/**
 * One client's WebSocket. What hears of the connection only keeps what came and returns; one task answers messages, one after the
 * other, and another pushes. A message to the client is sent while it is written, so that a client that does not read is waited
 * for, and sent away after a while.
 */
final class WebSocketConnection implements WebSockets.Listener, PushChannel {
    private static final Logger LOG = System.getLogger(WebSocketConnection.class.getName());

    /** How long one write may take, and how long a client may take to come after its handshake was answered. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a client may take to say goodbye too. */
    static final Duration GOODBYE = Duration.ofSeconds(3);

    /** After which a ping shows whether the client is still there; a third one without a word from it is the last. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    /** Then the client comes again. */
    static final Duration LIFETIME = Duration.ofHours(6);

    private static final int UNANSWERED = 3;

    private final JmapSocket socket;
    private final Inbox inbox;
    private final InstantSource clock;
    private final Executor executor;
    private final Runnable onEnd;
    private final Wakeful answers;
    private final Wakeful pushes;
    private final ReentrantLock sending = new ReentrantLock();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Instant begun;
    private volatile WebSockets.@Nullable Wire wire;
    private volatile Instant heard;
    private volatile Instant pinged;
    private volatile @Nullable Instant writingSince;
    private volatile @Nullable Instant endingSince;
    private volatile boolean again;

    /** @param base as the caller's session has it */
    record Caller(JmapApi api, Principal principal, URI base) {}

    /** @param onEnd is called once, when the client is gone or was sent away */
    WebSocketConnection(Caller caller, Platform platform, Executor executor, Runnable onEnd) {
        this.clock = platform.clock();
        this.executor = executor;
        this.onEnd = onEnd;
        this.inbox = new Inbox(platform.spool(), Limits.SIZE_REQUEST);
        this.answers = new Wakeful(executor, this::answer);
        this.pushes = new Wakeful(executor, this::push);
        this.socket = new JmapSocket(caller.api(), caller.principal(), caller.base(), this::message, pushes::wake);
        this.begun = clock.instant();
        this.heard = begun;
        this.pinged = begun;
    }

    @Override
    public void opened(WebSockets.Wire newWire) {
        heard = clock.instant();
        wire = newWire;
        if (endingSince != null) {
            executor.execute(() -> goodbye(CloseCode.GOING_AWAY, ""));
        }
    }

    @Override
    public void text(String part, boolean last) {
        heard = clock.instant();
        if (endingSince != null) {
            return;
        }
        try {
            switch (inbox.add(part, last)) {
                case MORE -> {}
                case MESSAGE -> answers.wake();
                case TOO_LARGE -> tooLarge();
                case TOO_MANY -> end(CloseCode.POLICY, "too many requests wait for their answers");
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "websocket's message can't be kept", e);
            end(CloseCode.SERVER_ERROR, "no room for the message");
        }
    }

    /** RFC 8887 §4.3.1: the error of the limit, then the end, as the rest of the message is not waited for. */
    private void tooLarge() {
        endingSince = clock.instant();
        executor.execute(() -> {
            try {
                var why = "The request has more than " + Limits.SIZE_REQUEST + " octets.";
                socket.refuse(new RequestError.Limit("maxSizeRequest", why), Optional.empty());
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "websocket was gone", e);
            }
            goodbye(CloseCode.TOO_LARGE, "a request has at most " + Limits.SIZE_REQUEST + " octets");
        });
    }

    @Override
    public void binary() {
        end(CloseCode.UNSUPPORTED, "JMAP has no binary messages"); // RFC 8887 §4.3.1
    }

    @Override
    public void pong() {
        heard = clock.instant();
    }

    @Override
    public void gone() {
        if (ended.compareAndSet(false, true)) {
            inbox.close();
            socket.close();
            onEnd.run();
        }
    }

    private void answer() {
        try (var message = inbox.next().orElse(null)) {
            if (message == null || endingSince != null) {
                return;
            }
            try (var body = message.open()) {
                socket.message(body);
            }
            answers.wake(); // for the next one
        } catch (NotDone e) {
            end(CloseCode.SERVER_ERROR, "the store can't be asked now");
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "websocket ended", e);
            cut();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "websocket failed", e);
            end(CloseCode.SERVER_ERROR, "failure in the server's log");
        }
    }

    private void push() {
        try {
            socket.push();
        } catch (NotDone e) {
            again = true; // asked with the next tick
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "websocket can't be pushed to", e);
            cut();
        }
    }

    /** Waits for the message before. */
    private OutputStream message() {
        sending.lock();
        return new MessageStream() {
            @Override
            void send(byte[] utf8, boolean first, boolean last) throws IOException {
                var to = wire;
                if (to == null || ended.get()) {
                    throw new IOException("the client is gone");
                }
                writingSince = clock.instant();
                try {
                    to.send(utf8, first, last);
                } catch (RuntimeException e) { // of a library that finds its connection closed
                    throw new IOException(e);
                } finally {
                    writingSince = null;
                }
            }

            @Override
            void ended() {
                sending.unlock();
            }
        };
    }

    @Override
    public void tick(Instant now) {
        if (wire == null) {
            if (!now.isBefore(begun.plus(PATIENCE))) {
                executor.execute(this::gone);
            }
            return;
        }
        if (past(writingSince, PATIENCE, now)
                || past(endingSince, GOODBYE, now)
                || past(heard, SILENCE.multipliedBy(UNANSWERED), now)) {
            executor.execute(this::cut);
            return;
        }
        if (again) {
            again = false;
            pushes.wake();
        }
        if (!now.isBefore(begun.plus(LIFETIME))) {
            end();
        } else if (!now.isBefore(pinged.plus(SILENCE)) && endingSince == null) {
            pinged = now;
            executor.execute(this::ping);
        }
    }

    private static boolean past(@Nullable Instant since, Duration time, Instant now) {
        return since != null && !now.isBefore(since.plus(time));
    }

    private void ping() {
        var to = wire;
        try {
            if (to != null && !ended.get()) {
                to.ping();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "websocket can't be pinged", e);
            cut();
        }
    }

    @Override
    public void end() {
        end(CloseCode.GOING_AWAY, "");
    }

    @Override
    public void signOut() {
        end(CloseCode.POLICY, "sign in again");
    }

    private void end(int code, String reason) {
        if (endingSince == null) {
            endingSince = clock.instant();
            executor.execute(() -> goodbye(code, reason));
        }
    }

    private void goodbye(int code, String reason) {
        var to = wire;
        try {
            if (to != null) {
                to.close(code, reason);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "websocket was gone", e);
        }
    }

    private void cut() {
        var to = wire;
        if (to != null) {
            to.cut();
        }
        gone();
    }
}
