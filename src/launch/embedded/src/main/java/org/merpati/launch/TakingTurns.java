package org.merpati.launch;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets other connections go first. A connection goes on in its thread while its client asks for more, and nobody takes a core from a
 * virtual thread: a client for each core, each asking at once, had the server for itself while all others waited for seconds.
 */
final class TakingTurns extends Handler.Wrapper {
    TakingTurns(Handler handler) {
        super(handler);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // virtual threads are all alike, and their scheduler does as it is told
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (Thread.currentThread().isVirtual()) {
            Thread.yield();
        }
        return super.handle(request, response, callback);
    }
}
