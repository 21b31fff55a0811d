package org.merpati.web.push;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How a home makes a WebSocket of a request: by the library that it has. */
public interface WebSockets {
    /** The one subprotocol (RFC 8887 §4.2). */
    String SUBPROTOCOL = "jmap";

    /**
     * Answers a handshake that was found to be one, and tells the listener when the connection is there.
     *
     * @throws IOException when it can't be answered; then the listener hears nothing
     */
    void upgrade(HttpServletRequest request, HttpServletResponse response, Listener listener) throws IOException;

    /** The server's side of a connection. What is sent is sent by one thread at a time; the rest may be called at any time. */
    interface Wire {
        /**
         * A part of a text message; returns when the connection has taken it.
         *
         * @param utf8 whole characters
         */
        void send(byte[] utf8, boolean first, boolean last) throws IOException;

        void ping() throws IOException;

        /** Says goodbye, and waits for nothing. */
        void close(int code, String reason) throws IOException;

        /** Ends the connection without a word. */
        void cut();
    }

    /** Hears of a connection, on one thread at a time; returns at once. Pings and closes are answered by the library. */
    interface Listener {
        void opened(Wire wire);

        /** The next part of a text message. A character beyond the first plane may be cut in two. */
        void text(String part, boolean last);

        void binary();

        void pong();

        /** Called at least once at the end. */
        void gone();
    }
}
