package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.session.ChannelBinding;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.Protocol;
import org.merpati.core.api.session.TlsDetails;

/** A client and its server's side of the connection, in memory; the session runs on a thread of its own. */
final class MemoryConnection implements Connection, AutoCloseable {
    private enum Kind {
        OCTETS,
        SILENCE,
        END
    }

    /** What one side has sent. */
    private static final class Event {
        static final Event END = new Event(Kind.END, new byte[0]);

        final Kind kind;
        final byte[] octets;

        Event(Kind kind, byte[] octets) {
            this.kind = kind;
            this.octets = octets;
        }
    }

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String id = "t" + NUMBERS.incrementAndGet();
    private volatile boolean secure;
    private final boolean offersTls;
    private final InetSocketAddress peer;
    private final LinkedBlockingQueue<Event> sent = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Event> received = new LinkedBlockingQueue<>();
    private final StringBuilder transcript = new StringBuilder();
    private byte[] rest = new byte[0];
    private boolean over;
    final AtomicInteger largestWrite = new AtomicInteger();
    final AtomicLong written = new AtomicLong();
    volatile Duration silence = Duration.ZERO;
    volatile boolean discard;
    volatile @Nullable Exception failure;
    final Thread thread;

    MemoryConnection(Protocol protocol) {
        this(protocol, false, "127.0.0.1");
    }

    MemoryConnection(Protocol protocol, boolean secure, String peer) {
        this(protocol, secure, false, peer);
    }

    /** From elsewhere, in clear up to STARTTLS. */
    static MemoryConnection offeringTls(Protocol protocol) {
        return new MemoryConnection(protocol, false, true, "192.0.2.1");
    }

    private MemoryConnection(Protocol protocol, boolean secure, boolean offersTls, String peer) {
        this.secure = secure;
        this.offersTls = offersTls;
        this.peer = new InetSocketAddress(peer, 40_000);
        this.thread = Thread.ofVirtual().start(() -> {
            try {
                protocol.serve(this);
            } catch (IOException | RuntimeException e) {
                failure = e;
            } finally {
                received.add(Event.END);
            }
        });
    }

    /** Sends octets that arrive together. */
    void send(byte[] octets) {
        transcript
                .append("C: ")
                .append(new String(octets, StandardCharsets.UTF_8).strip())
                .append('\n');
        sent.add(new Event(Kind.OCTETS, octets.clone()));
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The client sends no more. */
    void shutdownOutput() {
        sent.add(Event.END);
    }

    /** The client says nothing for longer than it may. */
    void beSilent() {
        sent.add(new Event(Kind.SILENCE, new byte[0]));
    }

    /** The next line without its end; null when the server has closed. */
    @Nullable
    String line() {
        while (true) {
            for (int i = 0; i < rest.length; i++) {
                if (rest[i] == '\n') {
                    int end = i > 0 && rest[i - 1] == '\r' ? i - 1 : i;
                    var line = new String(rest, 0, end, StandardCharsets.UTF_8);
                    rest = Arrays.copyOfRange(rest, i + 1, rest.length);
                    transcript.append("S: ").append(line).append('\n');
                    return line;
                }
            }
            if (over) {
                return null;
            }
            receive();
        }
    }

    /** What has come and is no line, at least one octet; none when the server has closed. */
    byte[] octets() {
        while (rest.length == 0 && !over) {
            receive();
        }
        byte[] octets = rest;
        rest = new byte[0];
        return octets;
    }

    /** Lines up to the one that begins so; that one is the last. */
    String until(String start) {
        var lines = new StringBuilder();
        for (var line = line(); line != null; line = line()) {
            lines.append(line).append('\n');
            if (line.startsWith(start)) {
                return lines.toString();
            }
        }
        throw new AssertionError("closed before \"" + start + "\"\n" + transcript);
    }

    /** Sends the line and gives the last line of its answer, which its first word marks. */
    String ask(String command) {
        send(command + "\r\n");
        return until(command.substring(0, command.indexOf(' ') + 1))
                .lines()
                .toList()
                .getLast();
    }

    private void receive() {
        try {
            var event = received.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("the server says nothing\n" + transcript);
            }
            if (event.kind == Kind.END) {
                over = true;
            } else {
                byte[] block = event.octets;
                int before = rest.length;
                rest = Arrays.copyOf(rest, before + block.length);
                System.arraycopy(block, 0, rest, before, block.length);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String transcript() {
        return transcript.toString();
    }

    @Override
    public void close() {
        finish();
    }

    /** The client sends no more; returns when the session is over. */
    void finish() {
        shutdownOutput();
        try {
            if (!thread.join(Duration.ofSeconds(20))) {
                throw new AssertionError("the session does not end\n" + transcript);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public InputStream in() {
        return new InputStream() {
            private byte[] block = new byte[0];
            private int at;
            private boolean finished;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (at == block.length) {
                    if (finished) {
                        return -1;
                    }
                    var event = next();
                    finished = event.kind == Kind.END;
                    if (event.kind == Kind.SILENCE) {
                        throw new SocketTimeoutException("silent");
                    }
                    if (finished) {
                        return -1;
                    }
                    block = event.octets;
                    at = 0;
                }
                int read = Math.min(length, block.length - at);
                System.arraycopy(block, at, bytes, offset, read);
                at += read;
                return read;
            }

            private Event next() {
                try {
                    return sent.take();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    @Override
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                largestWrite.accumulateAndGet(length, Math::max);
                written.addAndGet(length);
                if (!discard) {
                    received.add(new Event(Kind.OCTETS, Arrays.copyOfRange(bytes, offset, offset + length)));
                }
            }

            @Override
            public void close() {
                shutdownOutput(); // as with a socket, its reader comes to an end
            }
        };
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 143);
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public String listener() {
        return "imap";
    }

    @Override
    public boolean canSecure() {
        return offersTls && !secure;
    }

    /** Only says so: octets stay as they are. */
    @Override
    public void startTls() {
        if (!canSecure()) {
            throw new IllegalStateException("no TLS on offer");
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
        return Optional.empty();
    }

    @Override
    public void timeout(Duration silence) {
        this.silence = silence;
    }

    @Override
    public void awaiting(String farewell) {}

    @Override
    public void busy() {}

    @Override
    public void execute(Runnable task) {
        Thread.ofVirtual().start(task);
    }
}
