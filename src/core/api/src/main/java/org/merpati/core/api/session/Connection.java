package org.merpati.core.api.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;

/** One accepted connection. Its streams belong to the session; {@code out} is not buffered, so write whole replies. */
public interface Connection {
    /** Short, unique in this process; stands in every log line about the connection. */
    String id();

    /** Reads fail with {@link java.net.SocketTimeoutException} after {@link #timeout} of silence. */
    InputStream in();

    OutputStream out();

    /** The client, as the PROXY protocol tells where it is used. */
    InetSocketAddress peer();

    InetSocketAddress local();

    /** Whether TLS protects the connection. */
    boolean secure();

    /** How long a read may wait from now on. */
    void timeout(Duration silence) throws IOException;

    /**
     * Called before the session waits for the next command. If the server stops while it waits, the network writes
     * {@code farewell} (one line with CRLF) and closes.
     *
     * @throws StoppingException when the server is stopping already; the farewell has been written
     */
    void awaiting(String farewell) throws IOException;

    /** Called when a command has come in: until the next {@link #awaiting} a stop waits for the session. */
    void busy();

    /** Runs the task on a thread of the network's own, never the caller's; for what a commit elsewhere sets off. */
    void execute(Runnable task);
}
