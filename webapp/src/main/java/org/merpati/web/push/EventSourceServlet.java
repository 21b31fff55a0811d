package org.merpati.web.push;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.merpati.core.jmap.push.StateFeed;
import org.merpati.web.base.Access;
import org.merpati.web.base.Problem;
import org.merpati.web.base.SecurityHeaders;
import org.merpati.web.base.Server;

/** Opens event sources (RFC 8620 §7.3). Whatever is wrong is answered before the first event, as the resources answer it. */
@WebServlet(name = "eventsource", urlPatterns = EventSourceServlet.PATH, asyncSupported = true)
public class EventSourceServlet extends HttpServlet {
    public static final String PATH = "/jmap/eventsource/*";

    private Server server;
    private Access access;
    private final LazyChannels channels = new LazyChannels(() -> server);

    /** For containers, which inject the rest. */
    @SuppressWarnings("NullAway") // use comes before the first request
    public EventSourceServlet() {}

    public EventSourceServlet(Server server, Access access) {
        this.server = server;
        this.access = access;
    }

    @Inject
    public void use(Server newServer, Access newAccess) {
        server = newServer;
        access = newAccess;
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
        var wanted = StreamRequest.of(request);
        var place = channels.get().enter(caller);
        StateFeed feed = null;
        try {
            access.signedIn(request); // again, now that nothing is missed
            feed = server.jmap()
                    .feed(caller, wanted.types(), wanted.since())
                    .orElseThrow(() -> Problem.of(403, "This user has no account that could change."));
            begin(request, response, wanted, feed, place);
        } catch (IOException | RuntimeException e) {
            if (feed != null) {
                feed.close();
            }
            place.close();
            throw e;
        }
    }

    private void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            StreamRequest wanted,
            StateFeed feed,
            PushChannels.Place place)
            throws IOException {
        SecurityHeaders.all().forEach(response::setHeader);
        response.setHeader("Cache-Control", "no-cache, no-store");
        response.setHeader("X-Accel-Buffering", "no"); // a proxy's hint that is widely known
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        var async = request.startAsync();
        async.setTimeout(0);
        var stream = new EventStream(
                async,
                response.getOutputStream(),
                feed,
                wanted,
                server.platform().clock(),
                place.executor(),
                place::unwatch,
                place::close);
        place.take(stream);
        stream.begin();
    }

    /** Ends all streams; the server calls it before it waits for requests to end, the container when it takes the servlet down. */
    @Override
    public void destroy() {
        channels.close();
    }
}
