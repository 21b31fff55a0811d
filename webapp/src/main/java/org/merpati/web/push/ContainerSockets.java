package org.merpati.web.push;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** WebSockets of an application server, by Jakarta WebSocket: its library upgrades a request that a servlet has checked. */
final class ContainerSockets implements WebSockets {
    private final ServerContainer container;

    private ContainerSockets(ServerContainer container) {
        this.container = container;
    }

    /** What this application server has. */
    static Optional<WebSockets> of(ServletContext context) {
        var container = container(context);
        if (container == null) {
            return Optional.empty();
        }
        return DeployedSockets.wantedBy(container)
                ? DeployedSockets.of(context, container)
                : Optional.of(new ContainerSockets(container));
    }

    static @Nullable ServerContainer container(ServletContext context) {
        return (ServerContainer) context.getAttribute(ServerContainer.class.getName());
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Listener listener)
            throws IOException {
        var config = ServerEndpointConfig.Builder.create(SocketEndpoint.class, request.getServletPath())
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
            return type.cast(new SocketEndpoint(session -> Optional.of(listener)));
        }
    }
}
