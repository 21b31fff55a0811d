package org.merpati.core.api.session;

import java.io.IOException;

/** The server is stopping: the session ends here, its farewell already said. */
public final class StoppingException extends IOException {
    public StoppingException() {
        super("the server is stopping");
    }
}
