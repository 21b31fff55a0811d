package org.merpati.launch;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads what is left of a request that was answered before all of it had come, an upload that is refused for instance. Else Jetty
 * resets the stream (RFC 9113 §8.1) or closes the connection with octets unread, and clients such as Java's lose the answer over
 * it. Holds no thread while it waits; the idle timeout ends it.
 */
final class RestOfRequests extends Handler.Wrapper {
    /** Octets. Who sends more after the answer is cut off. */
    private static final long MOST = 1 << 20;

    RestOfRequests(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, mayHaveRest(request) ? new Rest(request, callback) : callback);
    }

    /** Not after an upgrade, whose octets are not the request's, and not where the client waits to be asked for them. */
    private static boolean mayHaveRest(Request request) {
        var headers = request.getHeaders();
        return !headers.contains(HttpHeader.EXPECT)
                && !headers.contains(HttpHeader.UPGRADE)
                && !"CONNECT".equals(request.getMethod());
    }

    private static final class Rest extends Callback.Nested {
        private final Request request;
        private long left = MOST;

        Rest(Request request, Callback callback) {
            super(callback);
            this.request = request;
        }

        @Override
        public void succeeded() {
            while (left > 0) {
                var chunk = request.read();
                if (chunk == null) {
                    request.demand(this::succeeded);
                    return;
                }
                left -= chunk.remaining();
                chunk.release();
                if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
                    break;
                }
            }
            super.succeeded();
        }
    }
}
