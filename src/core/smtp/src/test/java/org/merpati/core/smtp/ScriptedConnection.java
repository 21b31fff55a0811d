package org.merpati.core.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import javax.net.ssl.SSLHandshakeException;
import org.merpati.core.api.session.ChannelBinding;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.StoppingException;
import org.merpati.core.api.session.TlsDetails;

/** A connection over memory: gives the client's octets in the given pieces, keeps what the server writes. */
final class ScriptedConnection implements Connection {
    /** What the server meets when it reads. */
    sealed interface Event {
        /** One read gives these octets (one char each), or as many of them as it asked for. */
        record Octets(String octets, Runnable before) implements Event {}

        record Silence() implements Event {}

        /** What comes next is a handshake: there is nothing to read until {@link #startTls}. */
        record Handshake() implements Event {}
    }

    private final Queue<Event> events;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private byte[] piece = new byte[0];
    private int at;
    boolean stopping;
    boolean secure;
    boolean offersTls;
    boolean near;
    boolean waiting;
    int writes;
    Duration timeout = Duration.ZERO;
    String farewell = "";

    ScriptedConnection(List<Event> events) {
        this.events = new ArrayDeque<>(events);
    }

    /** One that gives all at once. */
    static ScriptedConnection of(String octets) {
        return new ScriptedConnection(List.of(new Event.Octets(octets, () -> {})));
    }

    String written() {
        return written.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public String id() {
        return "c1";
    }

    @Override
    public InputStream in() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("the session reads octet by octet");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (at == piece.length) {
                    switch (events.poll()) {
                        case null -> {
                            return -1;
                        }
                        case Event.Handshake() -> throw new AssertionError("the session reads the client's handshake");
                        case Event.Silence() -> throw new SocketTimeoutException("silence");
                        case Event.Octets(var octets, var before) -> {
                            before.run();
                            piece = octets.getBytes(StandardCharsets.ISO_8859_1);
                            at = 0;
                        }
                    }
                }
                int count = Math.min(length, piece.length - at);
                System.arraycopy(piece, at, into, offset, count);
                at += count;
                return count;
            }
        };
    }

    @Override
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                throw new AssertionError("the session writes octet by octet");
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                writes++;
                written.write(octets, offset, length);
            }
        };
    }

    @Override
    public InetSocketAddress peer() {
        return new InetSocketAddress(near ? address(127, 0, 0, 1) : address(192, 0, 2, 7), 40_000);
    }

    @Override
    public InetSocketAddress local() {
        return new InetSocketAddress(address(192, 0, 2, 1), 25);
    }

    private static InetAddress address(int... octets) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) octets[0], (byte) octets[1], (byte) octets[2], (byte) octets[3]});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public String listener() {
        return "smtp";
    }

    @Override
    public boolean canSecure() {
        return offersTls && !secure;
    }

    @Override
    public void startTls() throws IOException {
        if (!canSecure()) {
            throw new IllegalStateException("TLS can't be had");
        }
        if (at < piece.length || !(events.poll() instanceof Event.Handshake)) {
            throw new SSLHandshakeException("that is no ClientHello");
        }
        secure = true;
    }

    @Override
    public Optional<TlsDetails> tls() {
        return secure
                ? Optional.of(new TlsDetails("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty()))
                : Optional.empty();
    }

    @Override
    public Optional<ChannelBinding> binding(String type) {
        return secure && type.equals(ChannelBinding.EXPORTER)
                ? Optional.of(new ChannelBinding(type, new byte[] {1, 2, 3}))
                : Optional.empty();
    }

    @Override
    public void timeout(Duration silence) {
        timeout = silence;
    }

    @Override
    public void awaiting(String line) throws IOException {
        farewell = line;
        waiting = true;
        if (stopping) {
            written.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
            throw new StoppingException();
        }
    }

    @Override
    public void busy() {
        waiting = false;
    }

    @Override
    public void execute(Runnable task) {
        throw new AssertionError("SMTP needs no thread beside its own");
    }
}
