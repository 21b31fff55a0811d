package org.merpati.web.push;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection by Jakarta WebSocket. Public, as a container's library calls it by reflection. */
public final class SocketEndpoint extends Endpoint {
    private static final Logger LOG = System.getLogger(SocketEndpoint.class.getName());

    /** The library's own, for when even a goodbye can't be sent. Pings come more often. */
    private static final long IDLE_MILLIS = 150_000;

    private final Function<Session, Optional<WebSockets.Listener>> whose;
    private WebSockets.@Nullable Listener told;

    /** @param whose who hears of this session; a session of nobody is closed */
    SocketEndpoint(Function<Session, Optional<WebSockets.Listener>> whose) {
        this.whose = whose;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        var listener = whose.apply(session);
        if (listener.isPresent()) {
            told = listener.get();
            open(session, listener.get());
        } else {
            new SessionWire(session).cut();
        }
    }

    private static void open(Session session, WebSockets.Listener told) {
        session.setMaxIdleTimeout(IDLE_MILLIS);
        session.addMessageHandler(String.class, new MessageHandler.Partial<String>() {
            @Override
            public void onMessage(String part, boolean last) {
                told.text(part, last);
            }
        });
        session.addMessageHandler(ByteBuffer.class, new MessageHandler.Partial<ByteBuffer>() {
            @Override
            public void onMessage(ByteBuffer part, boolean last) {
                told.binary();
            }
        });
        session.addMessageHandler(PongMessage.class, new MessageHandler.Whole<PongMessage>() {
            @Override
            public void onMessage(PongMessage pong) {
                told.pong();
            }
        });
        told.opened(new SessionWire(session));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        var listener = told;
        if (listener != null) {
            listener.gone();
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        LOG.log(Level.DEBUG, "websocket failed", failure);
    }

    private record SessionWire(Session session) implements WebSockets.Wire {
        @Override
        public void send(byte[] utf8, boolean first, boolean last) throws IOException {
            var text = new String(utf8, StandardCharsets.UTF_8);
            if (first && last) {
                session.getBasicRemote().sendText(text);
            } else {
                session.getBasicRemote().sendText(text, last);
            }
        }

        @Override
        public void ping() throws IOException {
            session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        }

        @Override
        public void close(int code, String reason) throws IOException {
            session.close(new CloseReason(code(code), reason));
        }

        private static CloseCode code(int code) {
            return CloseCodes.getCloseCode(code);
        }

        @Override
        public void cut() {
            try {
                session.close();
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "websocket was closed", e);
            }
        }
    }
}
