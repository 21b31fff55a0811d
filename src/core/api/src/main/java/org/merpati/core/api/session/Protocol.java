package org.merpati.core.api.session;

import java.io.IOException;

/** One protocol's meaning, for any number of connections at once. */
public interface Protocol {
    /**
     * Serves one connection from greeting to goodbye, on the calling thread. Returns when the session is over; the
     * network then closes the socket. An {@link IOException} means that the peer or the network ended it: no error.
     */
    void serve(Connection connection) throws IOException;

    /** One line with CRLF for a connection that can't be served now: {@code 421 …}, {@code * BYE …}. */
    String refusal(String reason);
}
