package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.adapter.net.tls.KeyRing;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.config.TlsMode;

@Timeout(60)
class TlsListenerTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(4), Duration.ofSeconds(10), Duration.ofMillis(300));

    private final EchoProtocol echo = new EchoProtocol();
    private final Listener listener;
    private final ServerCertificate certificate;
    private final SSLContext context;

    TlsListenerTest(@TempDir Path folder) throws IOException {
        certificate = ServerCertificate.open(folder, "localhost", InstantSource.system());
        context = KeyRing.context(certificate::key, List.of(), List.of(), Duration.ZERO);
        listener = Listener.open("tls", "tls.port", new ListenerAddress(List.of("127.0.0.1"), 0));
    }

    @BeforeEach
    void start() {
        start(Limits.NONE);
    }

    private void start(Limits limits) {
        listener.start(new Service(echo, TlsMode.IMPLICIT, () -> context, List.of(), limits, ThreadKind.AUTO, SHORT));
    }

    @AfterEach
    void close() {
        echo.finish.countDown();
        listener.close(Duration.ofSeconds(5));
    }

    /** A client that believes only this certificate, and only for the name. */
    private Client client(String protocol) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate.certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", listener.port());
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return new Client(socket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientThatChecksTheCertificateIsServed(String protocol) throws Exception {
        try (var client = client(protocol)) {
            assertThat(client.line()).startsWith("hello tls-").endsWith(" secure");
            client.send("x".repeat(60_000));
            assertThat(client.line()).hasSize(60_000);
            client.send("quit");
            assertThat(client.line()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSilentClientIsStillToldInsideTls(String protocol) throws Exception {
        try (var client = client(protocol)) {
            client.line();
            client.send("wait");
            assertThat(client.line()).isEqualTo("timed out");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void olderTlsIsRefused() {
        assertThatThrownBy(() -> client("TLSv1.1")).isInstanceOf(IOException.class);
    }

    @Test
    void aStopSaysFarewellInsideTls() throws Exception {
        try (var client = client("TLSv1.3")) {
            client.line();
            client.send("x");
            client.line();
            listener.close(Duration.ofSeconds(5));
            assertThat(client.line()).isEqualTo("bye");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void garbageInsteadOfAHandshakeEndsThatConnection() throws Exception {
        try (var garbage = new Client(Client.socket("127.0.0.1", listener.port()))) {
            garbage.socket.getOutputStream().write("EHLO no.tls.example\r\n".getBytes(StandardCharsets.US_ASCII));
            garbage.socket.getInputStream().readAllBytes();
        }
        try (var client = client("TLSv1.3")) {
            assertThat(client.line()).startsWith("hello");
        }
    }

    @Test
    void clientsThatNeverFinishTheirHandshakeHoldUpNobodyAndAreHungUpOn() throws Exception {
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 50; i++) {
                var socket = Client.socket("127.0.0.1", listener.port());
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(new byte[] {22, 3, 1, 2}); // a record that does not go on
                silent.add(socket);
            }
            try (var client = client("TLSv1.3")) {
                assertThat(client.line()).startsWith("hello");
            }
            for (var socket : silent) {
                assertThat(ended(socket)).isTrue();
            }
        } finally {
            for (var socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void aSlowDripOfHandshakeBytesIsBoundedInAll() throws Exception {
        try (var socket = Client.socket("127.0.0.1", listener.port())) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> {
                        socket.getOutputStream().write(new byte[] {22, 3, 1, 0x3f, (byte) 0xff});
                        while (System.nanoTime() - start
                                < Duration.ofSeconds(20).toNanos()) {
                            socket.getOutputStream().write(0);
                            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRefusalIsSaidInsideTls(@TempDir Path folder) throws Exception {
        var limited = new TlsListenerTest(folder.resolve("tls"));
        limited.start(new Limits(1, 1));
        try (var first = limited.client("TLSv1.3")) {
            assertThat(first.line()).startsWith("hello");
            try (var second = limited.client("TLSv1.3")) {
                assertThat(second.line()).isEqualTo("no: too many connections");
            }
        } finally {
            limited.close();
        }
    }

    /** Whether the server ends the connection, whatever it says before. */
    private static boolean ended(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
