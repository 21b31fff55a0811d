package org.merpati.launch;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Utf8StringBuilder;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.exception.BadPayloadException;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.merpati.web.push.WebSockets;

/** WebSockets by Jetty's own frames, without what Jakarta WebSocket lays over them. */
final class JettySockets implements WebSockets {
    private static final Logger LOG = System.getLogger(JettySockets.class.getName());

    private final WebSocketMappings upgrades;

    /** @param components started with the server */
    JettySockets(WebSocketComponents components) {
        upgrades = new WebSocketMappings(components);
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Listener listener)
            throws IOException {
        var inner = ServletContextRequest.getServletContextRequest(request);
        var done = new Callback.Completable();
        if (!upgrades.upgrade(
                new Negotiator(listener), inner, inner.getServletContextResponse(), done, configuration -> {})) {
            throw new IOException("this is no handshake");
        }
        await(done);
    }

    private static void await(Callback.Completable done) throws IOException {
        try {
            done.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private record Negotiator(Listener listener) implements WebSocketNegotiator {
        @Override
        public FrameHandler negotiate(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
            response.setAcceptedSubProtocol(SUBPROTOCOL);
            response.setExtensions(List.of());
            return new Frames(listener);
        }

        /** Who may be silent for how long is the listener's to say. */
        @Override
        public void customize(Configuration configuration) {
            configuration.setIdleTimeout(Duration.ZERO);
        }
    }

    /** Asks for a frame when the one before is dealt with, and so never has two. */
    private static final class Frames implements FrameHandler {
        private final Listener listener;
        private Utf8StringBuilder text = new Utf8StringBuilder();
        private boolean binary;

        Frames(Listener listener) {
            this.listener = listener;
        }

        private CoreSession session = unset();

        @SuppressWarnings("NullAway") // onOpen comes before all others
        private static CoreSession unset() {
            return null;
        }

        @Override
        public void onOpen(CoreSession newSession, Callback callback) {
            session = newSession;
            listener.opened(new SessionWire(newSession));
            callback.succeeded();
            newSession.demand();
        }

        @Override
        public void onFrame(Frame frame, Callback callback) {
            switch (frame.getOpCode()) {
                case OpCode.TEXT, OpCode.CONTINUATION -> {
                    if (!binary) {
                        part(frame);
                    }
                    next(callback);
                }
                case OpCode.BINARY -> {
                    binary = true;
                    listener.binary();
                    next(callback);
                }
                case OpCode.PING ->
                    session.sendFrame(
                            new Frame(OpCode.PONG, frame.getPayload()),
                            Callback.from(() -> next(callback), callback::failed),
                            false);
                case OpCode.PONG -> {
                    listener.pong();
                    next(callback);
                }
                default -> callback.succeeded(); // a close, which the session answers
            }
        }

        private void next(Callback callback) {
            callback.succeeded();
            session.demand();
        }

        private void part(Frame frame) {
            text.append(frame.getPayload());
            boolean last = frame.isFin();
            if (last) {
                listener.text(text.takeCompleteString(BadPayloadException.InvalidUtf8::new), true);
                text = new Utf8StringBuilder();
            } else {
                listener.text(text.takePartialString(BadPayloadException.InvalidUtf8::new), false);
            }
        }

        @Override
        public void onError(Throwable failure, Callback callback) {
            LOG.log(Level.DEBUG, "websocket failed", failure);
            callback.succeeded();
        }

        @Override
        public void onClosed(CloseStatus status, Callback callback) {
            listener.gone();
            callback.succeeded();
        }
    }

    private record SessionWire(CoreSession session) implements Wire {
        @Override
        public void send(byte[] utf8, boolean first, boolean last) throws IOException {
            var done = new Callback.Completable();
            var frame = new Frame(first ? OpCode.TEXT : OpCode.CONTINUATION, last, ByteBuffer.wrap(utf8));
            session.sendFrame(frame, done, false);
            await(done);
        }

        @Override
        public void ping() {
            session.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
        }

        @Override
        public void close(int code, String reason) {
            session.close(code, reason, Callback.NOOP);
        }

        @Override
        public void cut() {
            session.abort();
        }
    }
}
