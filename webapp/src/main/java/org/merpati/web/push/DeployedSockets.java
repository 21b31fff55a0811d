package org.merpati.web.push;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * WebSockets of Tyrus, which Payara has: it upgrades to endpoints that were deployed, and to no other. So one is, on a path of its
 * own. Tyrus answers a handshake for that path before any servlet sees it; there everybody is refused but whom our servlet, having
 * judged the credentials, hands to it itself.
 */
final class DeployedSockets implements WebSockets {
    private static final Logger LOG = System.getLogger(DeployedSockets.class.getName());
    private static final String TYRUS = "org.glassfish.tyrus";
    private static final String PATH = "/jmap/ws/judged";

    private final ServerContainer container;
    private final ServerEndpointConfig endpoint;

    private DeployedSockets(ServerContainer container, ServerEndpointConfig endpoint) {
        this.container = container;
        this.endpoint = endpoint;
    }

    static boolean wantedBy(ServerContainer container) {
        return container.getClass().getName().startsWith(TYRUS);
    }

    /** Empty when the endpoint could not be deployed. */
    static Optional<WebSockets> of(ServletContext context, ServerContainer container) {
        return context.getAttribute(PATH) instanceof ServerEndpointConfig deployed
                ? Optional.of(new DeployedSockets(container, deployed))
                : Optional.empty();
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, Listener listener)
            throws IOException {
        Gate.JUDGED.set(true);
        try {
            container.upgradeHttpToWebSocket(new JudgedRequest(request, listener), response, endpoint, Map.of());
        } catch (DeploymentException e) {
            throw new IOException(e);
        } finally {
            Gate.JUDGED.remove();
        }
        if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            throw new IOException("Tyrus refused the handshake with " + response.getStatus());
        }
    }

    /** Deploys the endpoint where it is wanted, as long as endpoints may still be. */
    static void deploy(ServletContext context) {
        var container = ContainerSockets.container(context);
        if (container == null || !wantedBy(container)) {
            return;
        }
        var endpoint = ServerEndpointConfig.Builder.create(SocketEndpoint.class, PATH)
                .subprotocols(List.of(SUBPROTOCOL))
                .configurator(new Gate())
                .build();
        try {
            container.addEndpoint(endpoint);
            context.setAttribute(PATH, endpoint);
        } catch (DeploymentException | RuntimeException e) {
            LOG.log(Level.WARNING, "there will be no WebSockets", e);
        }
    }

    /** Who comes in. Tyrus asks it while it looks at a handshake, on the thread that brought it. */
    private static final class Gate extends ServerEndpointConfig.Configurator {
        private static final ThreadLocal<Boolean> JUDGED = ThreadLocal.withInitial(() -> false);

        @Override
        public boolean checkOrigin(String origin) {
            return JUDGED.get();
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return SUBPROTOCOL;
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new SocketEndpoint(Gate::listener));
        }

        private static Optional<Listener> listener(Session session) {
            return session.getUserPrincipal() instanceof Judged(var listener)
                    ? Optional.of(listener)
                    : Optional.empty();
        }
    }

    /** What goes with a request into its session: nothing that a client could say ends up there. */
    private record Judged(Listener listener) implements Principal {
        @Override
        public String getName() {
            return SUBPROTOCOL;
        }
    }

    private static final class JudgedRequest extends HttpServletRequestWrapper {
        private final Judged principal;

        JudgedRequest(HttpServletRequest request, Listener listener) {
            super(request);
            this.principal = new Judged(listener);
        }

        @Override
        public Principal getUserPrincipal() {
            return principal;
        }
    }
}
