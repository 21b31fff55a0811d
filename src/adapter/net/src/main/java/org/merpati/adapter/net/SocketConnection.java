package org.merpati.adapter.net;

import static java.lang.System.Logger.Level.DEBUG;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.merpati.adapter.net.proxy.ProxyHeader;
import org.merpati.core.api.config.TlsMode;
import org.merpati.core.api.session.ChannelBinding;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.StoppingException;
import org.merpati.core.api.session.TlsDetails;

/**
 * One accepted socket, with TLS on top where the listener says so.
 *
 * <p>Hanging up closes the lower socket: closing a TLS socket waits for whoever is writing to it. Two locks: one for the
 * phase, never held while bytes move, so that stopping and watching never wait for a client; one around each write, so that
 * a farewell from the stopping thread stands on a line of its own.
 */
final class SocketConnection implements Connection {
    /** What one write to the socket holds at most: the unit in which a slow reader's progress is seen. */
    static final int BLOCK = 16_384;

    /**
     * Fixed, so that the kernel does not grow it to megabytes of which a slow reader has to take a third before a write
     * goes on ({@link Patience#stall}).
     */
    private static final int SEND_BUFFER = 131_072;

    private static final System.Logger LOG = System.getLogger(SocketConnection.class.getName());

    /** In place of a stream during a handshake, and after one that failed. */
    private static final OutputStream CLOSED = closed();

    private enum Phase {
        /** Nothing was promised to the client yet: handshake. */
        OPENING,
        BUSY,
        AWAITING,
        /** The farewell is being said or has been. */
        LEAVING
    }

    private final String id;
    private final Socket raw;
    private final ConnectionThreads threads;
    private final String listener;
    private final Service service;
    private final Patience patience;
    private volatile InetSocketAddress peer;
    private volatile InetSocketAddress local;
    private final Deadline deadline = new Deadline();
    private final InputStream in = new Layered();
    private final OutputStream out = new Blocks();

    private final ReentrantLock writing = new ReentrantLock();
    private volatile Socket top;
    private volatile @Nullable SSLSession session;
    private volatile InputStream below;
    private volatile OutputStream lower;
    private volatile boolean answered = true;

    private final ReentrantLock phaseLock = new ReentrantLock();
    private Phase phase = Phase.OPENING;
    private boolean stopping;
    private String farewell = "";

    SocketConnection(String id, String listener, Socket socket, ConnectionThreads threads, Service service)
            throws IOException {
        this.id = id;
        this.listener = listener;
        this.raw = socket;
        this.threads = threads;
        this.service = service;
        this.patience = service.patience();
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
        socket.setSoTimeout(millis(patience.handshake()));
        peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        local = (InetSocketAddress) socket.getLocalSocketAddress();
        top = socket;
        below = socket.getInputStream();
        lower = socket.getOutputStream();
    }

    /** Reads the header of the proxy that this connection comes from, bounded in all; on the connection's own thread. */
    void readProxyHeader() throws IOException {
        deadline.in(patience.handshake());
        try {
            ProxyHeader.read(below).ends().ifPresent(ends -> {
                peer = ends.client();
                local = ends.server();
            });
        } finally {
            deadline.none();
        }
    }

    /** The TLS handshake as the server, bounded in all; on the connection's own thread. */
    void secure(SSLContext tls) throws IOException {
        deadline.in(patience.handshake());
        raw.setSoTimeout(millis(patience.handshake()));
        // whatever comes of the handshake, nothing goes out in clear any more
        lower = CLOSED;
        try {
            var layer = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, true);
            layer.setEnabledProtocols(ServerKeys.PROTOCOLS.toArray(String[]::new));
            layer.startHandshake();
            top = layer;
            below = layer.getInputStream();
            lower = layer.getOutputStream();
            session = layer.getSession();
        } finally {
            deadline.none();
        }
    }

    /** The session begins: from here on a stop waits for it. */
    void begin() throws StoppingException {
        phaseLock.lock();
        try {
            if (stopping) {
                throw new StoppingException();
            }
            phase = Phase.BUSY;
        } finally {
            phaseLock.unlock();
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String listener() {
        return listener;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public boolean secure() {
        return session != null;
    }

    @Override
    public boolean canSecure() {
        return service.tls() == TlsMode.STARTTLS && !secure();
    }

    @Override
    public void startTls() throws IOException {
        if (!canSecure()) {
            throw new IllegalStateException(id + ": TLS is on already, or not for listener " + listener);
        }
        int silence = raw.getSoTimeout();
        secure(service.keys().context());
        raw.setSoTimeout(silence);
    }

    @Override
    public Optional<TlsDetails> tls() {
        return Optional.ofNullable(session).map(SocketConnection::details);
    }

    @Override
    public Optional<ChannelBinding> binding(String type) {
        return Optional.ofNullable(session).flatMap(agreed -> Bindings.of(agreed, type));
    }

    private static TlsDetails details(SSLSession agreed) {
        var names = agreed instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames()
                : List.<SNIServerName>of();
        var host = names.stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
                .findFirst();
        return new TlsDetails(agreed.getProtocol(), agreed.getCipherSuite(), host);
    }

    @Override
    public void timeout(Duration silence) throws IOException {
        raw.setSoTimeout(millis(silence));
    }

    @Override
    public void awaiting(String text) throws IOException {
        phaseLock.lock();
        try {
            if (!stopping) {
                farewell = text;
                phase = Phase.AWAITING;
                return;
            }
            if (phase == Phase.LEAVING) {
                throw new StoppingException();
            }
            phase = Phase.LEAVING;
        } finally {
            phaseLock.unlock();
        }
        say(text);
        throw new StoppingException();
    }

    @Override
    public void busy() {
        phaseLock.lock();
        try {
            if (phase == Phase.AWAITING) {
                phase = Phase.BUSY;
            }
        } finally {
            phaseLock.unlock();
        }
    }

    @Override
    public void execute(Runnable task) {
        try {
            threads.run(id + "-task", task);
        } catch (RejectedExecutionException e) {
            LOG.log(DEBUG, () -> id + ": a task came after the listener had closed");
        }
    }

    /**
     * The server stops. A session between commands is to be told the text that is returned, by {@link #sayAndHangUp}; one at
     * work ends by itself at its next {@link #awaiting}; one that has not begun is cut off.
     */
    Optional<String> stop() {
        Phase before;
        String text;
        phaseLock.lock();
        try {
            stopping = true;
            before = phase;
            text = farewell;
            if (before == Phase.AWAITING) {
                phase = Phase.LEAVING;
            }
        } finally {
            phaseLock.unlock();
        }
        if (before == Phase.OPENING) {
            hangUp();
        }
        return before == Phase.AWAITING ? Optional.of(text) : Optional.empty();
    }

    void sayAndHangUp(String text) {
        try {
            say(text);
            top.shutdownOutput();
        } catch (IOException e) {
            LOG.log(DEBUG, () -> id + ": farewell not taken: " + e.getMessage());
        } finally {
            hangUp();
        }
    }

    /** Writes a line that ends the conversation, for a client that may not read it. */
    void say(String text) throws IOException {
        writing.lock();
        try {
            deadline.in(patience.linger());
            lower.write(text.getBytes(StandardCharsets.UTF_8));
        } finally {
            deadline.none();
            writing.unlock();
        }
    }

    /** The session is over: our side closes, the client gets a moment to close its own, then the socket is gone. */
    void finish() {
        long end = System.nanoTime() + patience.linger().toNanos();
        deadline.in(patience.linger());
        try {
            top.shutdownOutput();
            raw.setSoTimeout(millis(patience.linger()));
            var rest = new byte[1024];
            var clear = raw.getInputStream();
            while (clear.read(rest) >= 0 && System.nanoTime() - end < 0) {
                // what still comes is nobody's; unread, it would make the close a reset that takes our last line with
                // it
            }
        } catch (IOException e) {
            LOG.log(DEBUG, () -> id + ": not closed in order: " + e.getMessage());
        } finally {
            hangUp();
            deadline.none();
        }
    }

    /** Closes the socket, whatever any thread is doing with it. */
    void hangUp() {
        try {
            raw.close();
        } catch (IOException e) {
            LOG.log(DEBUG, () -> id + ": close failed: " + e.getMessage());
        }
    }

    /** Whether the step it is in has taken too long. */
    boolean overdue() {
        return deadline.passed();
    }

    private static OutputStream closed() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no TLS yet, and nothing in clear any more");
            }
        };
    }

    /** A socket's time-out, where 0 would mean for ever. */
    private static int millis(Duration time) {
        return Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
    }

    /** Reads from whatever layer is on top. */
    private final class Layered extends InputStream {
        @Override
        public int read() throws IOException {
            acknowledge();
            return below.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            acknowledge();
            return below.read(into, offset, length);
        }

        /** Whoever is not answered between two reads may be waiting to send on. */
        private void acknowledge() throws IOException {
            if (!answered) {
                PromptAck.send(raw);
            }
            answered = false;
        }

        @Override
        public int available() throws IOException {
            return below.available();
        }
    }

    /** Writes in blocks, each with a deadline of its own: Java's socket writes know no time-out. */
    private final class Blocks extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            answered = true;
            writing.lock();
            try {
                int end = offset + length;
                for (int at = offset; at < end; at += BLOCK) {
                    deadline.in(patience.stall());
                    lower.write(octets, at, Math.min(BLOCK, end - at));
                }
            } finally {
                deadline.none();
                writing.unlock();
            }
        }
    }
}
