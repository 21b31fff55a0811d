package org.merpati.web.push;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.merpati.web.base.Access;
import org.merpati.web.base.Problem;
import org.merpati.web.base.PublicAddress;
import org.merpati.web.base.Server;

/** JMAP over WebSocket (RFC 8887): the handshake, which has the credentials. Where it works the session says so. */
@WebServlet(name = "websocket", urlPatterns = WebSocketServlet.PATH, loadOnStartup = 1, asyncSupported = true)
public class WebSocketServlet extends HttpServlet {
    public static final String PATH = "/jmap/ws";

    private Server server;
    private Access access;
    private Optional<WebSockets> sockets;
    private final LazyChannels channels = new LazyChannels(() -> server);

    /** For containers, which inject the rest and have WebSockets of their own. */
    @SuppressWarnings("NullAway") // use comes before the first request
    public WebSocketServlet() {
        sockets = Optional.empty();
    }

    public WebSocketServlet(Server server, Access access, WebSockets sockets) {
        this.server = server;
        this.access = access;
        this.sockets = Optional.of(sockets);
    }

    @Inject
    public void use(Server newServer, Access newAccess) {
        server = newServer;
        access = newAccess;
    }

    @Override
    public void init() {
        if (sockets.isEmpty()) {
            sockets = ContainerSockets.of(getServletContext());
        }
        if (sockets.isPresent()) {
            server.offerWebSockets();
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            open(request, response);
        } catch (RuntimeException e) {
            Problems.answer(e, response);
        }
    }

    private void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = access.signedIn(request);
        var library = sockets.orElseThrow(() -> Problem.of(501, "This server has no WebSockets."));
        var base = PublicAddress.of(request, server.config());
        Handshake.check(request, base);
        var place = channels.get().enter(caller);
        var user = new WebSocketConnection.Caller(server.jmap(), caller, base);
        var connection = new WebSocketConnection(user, server.platform(), place.executor(), place::close);
        try {
            access.signedIn(request); // again, now that nothing is missed
            place.take(connection);
            library.upgrade(request, response, connection);
        } catch (IOException | RuntimeException e) {
            connection.gone();
            throw e;
        }
    }

    /** Ends all connections. */
    @Override
    public void destroy() {
        channels.close();
    }
}
