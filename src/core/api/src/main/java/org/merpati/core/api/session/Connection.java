package org.merpati.core.api.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** One accepted connection. Its streams belong to the session; {@code out} is not buffered, so write whole replies. */
public interface Connection {
    /** Short, unique in this process; stands in every log line about the connection. */
    String id();

    /** The name of the listener that the connection came in by, as in the settings: {@code submission}. */
    String listener();

    /**
     * The same stream before and after {@link #startTls}. Reads fail with {@link java.net.SocketTimeoutException} after
     * {@link #timeout} of silence.
     */
    InputStream in();

    /** The same stream before and after {@link #startTls}. */
    OutputStream out();

    /** The client, as the PROXY protocol tells where it is used. */
    InetSocketAddress peer();

    InetSocketAddress local();

    /** Whether TLS protects the connection. */
    boolean secure();

    /** Whether {@link #startTls} may be called: this listener offers it, and TLS isn't on yet. */
    boolean canSecure();

    /**
     * The TLS handshake as the server, bounded in time. The session has answered that the client may begin, is
     * {@link #busy}, and holds no octet that came behind the command: what is still on its way belongs to the handshake
     * (RFC 3207 §4.2).
     *
     * @throws IOException when the handshake fails; nothing in clear may follow, so the session is over
     * @throws IllegalStateException unless {@link #canSecure}
     */
    void startTls() throws IOException;

    /** What was agreed; present once {@link #secure}. */
    Optional<TlsDetails> tls();

    /** This connection's channel binding of a type ({@link ChannelBinding}); empty in clear and where it can't be had. */
    Optional<ChannelBinding> binding(String type);

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
