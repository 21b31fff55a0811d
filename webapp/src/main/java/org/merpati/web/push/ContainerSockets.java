package org.merpati.web.push;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** WebSockets of an application server, by Jakarta WebSocket: of those whose library upgrades a request that a servlet has checked. */
final class ContainerSockets implements WebSockets {
    private static final Logger LOG = System.getLogger(ContainerSockets.class.getName());

    /** The library's own, for when even a goodbye can't be sent. Pings come more often. */
    private static final long IDLE_MILLIS = 150_000;

    /** Payara's Tyrus upgrades to endpoints that were deployed, and to no other: there nobody would have asked for a password. */
    private static final String TYRUS = "org.glassfish.tyrus";

    static boolean in(ServletContext context) {
        var container = container(context);
        return container != null && !container.getClass().getName().startsWith(TYRUS);
    }

    private static @Nullable ServerContainer container(ServletContext context) {
        return (ServerContainer) context.getAttribute(ServerContainer.class.getName());
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Listener listener)
            throws IOException {
        var container = container(request.getServletContext());
        if (container == null) {
            throw new IOException("this container has no WebSockets");
        }
        var config = ServerEndpointConfig.Builder.create(Connection.class, request.getServletPath())
                .subprotocols(List.of(SUBPROTOCOL))
                .configurator(new OneConnection(listener))
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException e) {
            throw new IOException(e);
        }
    }

    /** Hands the container its endpoint: Undertow gives an endpoint nothing of what its configuration was given. */
    private static final class OneConnection extends ServerEndpointConfig.Configurator {
        private final Listener listener;

        OneConnection(Listener listener) {
            this.listener = listener;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new Connection(listener));
        }
    }

    /** One for each connection. */
    private static final class Connection extends Endpoint {
        private final Listener told;

        Connection(Listener told) {
            this.told = told;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
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
            told.gone();
        }

        @Override
        public void onError(Session session, Throwable failure) {
            LOG.log(Level.DEBUG, "websocket failed", failure);
        }
    }

    private record SessionWire(Session session) implements Wire {
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
            return CloseReason.CloseCodes.getCloseCode(code);
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
