package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.adapter.net.tls.KeyRing;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.config.TlsMode;

/** TLS in the middle of a conversation. RFC 3207. */
@Timeout(60)
class StartTlsTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(300));

    private final EchoProtocol echo = new EchoProtocol();
    private final ServerCertificate certificate;
    private final SSLContext context;
    private final Listener listener;

    StartTlsTest(@TempDir Path folder) throws IOException {
        certificate = ServerCertificate.open(folder, "mail.example.org", InstantSource.system());
        context = KeyRing.context(certificate::key, List.of(), List.of(), Duration.ZERO);
        listener = Listener.open("mx", "mx.port", new ListenerAddress(List.of("127.0.0.1"), 0));
    }

    private void start(TlsMode mode) {
        listener.start(new Service(echo, mode, () -> context, List.of(), Limits.NONE, ThreadKind.AUTO, SHORT));
    }

    @AfterEach
    void close() {
        listener.close(Duration.ofSeconds(5));
    }

    private Client asked() throws IOException {
        var client = Client.to(listener.port());
        assertThat(client.line()).startsWith("hello mx-").doesNotContain("secure");
        client.send("starttls");
        assertThat(client.line()).isEqualTo("go on");
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theConversationGoesOnInsideTls(String protocol) throws Exception {
        start(TlsMode.STARTTLS);
        try (var plain = asked();
                var client = new Client(
                        new TlsClient(certificate.certificate()).over(plain.socket, "Mail.example.org", protocol))) {
            client.send("who");
            assertThat(client.line()).startsWith("mx /127.0.0.1:").endsWith(" " + protocol + " mail.example.org");
            client.send("starttls");
            assertThat(client.line()).isEqualTo("not here");
            client.send("x".repeat(60_000));
            assertThat(client.line()).hasSize(60_000);
            client.send("quit");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void aClientThatBeginsItsHandshakeAtOnceIsServed() throws Exception {
        start(TlsMode.STARTTLS);
        try (var plain = Client.to(listener.port())) {
            plain.line();
            plain.send("who");
            assertThat(plain.line()).endsWith(" clear");
            plain.send("starttls");
            plain.line();
            try (var client = new Client(new TlsClient(certificate.certificate()).over(plain.socket, "", "TLSv1.3"))) {
                client.send("who");
                assertThat(client.line()).endsWith(" TLSv1.3 -");
            }
        }
    }

    @Test
    void theServersCertificateBindsTheChannel() throws Exception {
        start(TlsMode.STARTTLS);
        var hash = MessageDigest.getInstance("SHA-256")
                .digest(certificate.certificate().getEncoded());
        try (var plain = asked();
                var client = new Client(new TlsClient(certificate.certificate()).over(plain.socket, "", "TLSv1.3"))) {
            client.send("binding");
            assertThat(client.line()).isEqualTo(HexFormat.of().formatHex(hash));
        }
    }

    @Test
    void keyingMaterialBindsTheChannelWhereJavaExportsIt() throws Exception {
        start(TlsMode.STARTTLS);
        try (var plain = asked();
                var layer = new TlsClient(certificate.certificate()).over(plain.socket, "", "TLSv1.3");
                var client = new Client(layer)) {
            client.send("exporter");
            var line = client.line();
            if (Runtime.version().feature() < 25) {
                assertThat(line).isEqualTo("none");
            } else {
                assertThat(Bindings.of(layer.getSession(), "tls-exporter")
                                .map(mine -> HexFormat.of().formatHex(mine.data())))
                        .contains(line);
            }
        }
    }

    @Test
    void nothingBindsAConnectionInClear() throws Exception {
        start(TlsMode.STARTTLS);
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("binding");
            assertThat(client.line()).isEqualTo("none");
        }
    }

    @Test
    void aListenerWithoutTlsOffersNone() throws Exception {
        start(TlsMode.NONE);
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("starttls");
            assertThat(client.line()).isEqualTo("not here");
        }
    }

    @Test
    void garbageInPlaceOfTheHandshakeEndsTheConnectionWithoutAWordInClear() throws Exception {
        start(TlsMode.STARTTLS);
        try (var client = asked()) {
            client.send("who");
            client.send("who");
            assertThat(rest(client.socket)).doesNotContain("127.0.0.1").doesNotContain("bye");
        }
    }

    @Test
    void aHandshakeThatNeverComesIsBounded() throws Exception {
        start(TlsMode.STARTTLS);
        try (var client = asked()) {
            assertThat(rest(client.socket)).isEmpty();
        }
    }

    @Test
    void aSlowDripOfHandshakeOctetsIsBoundedInAll() throws Exception {
        start(TlsMode.STARTTLS);
        try (var client = asked()) {
            var out = client.socket.getOutputStream();
            long start = System.nanoTime();
            assertThatThrownBy(() -> {
                        out.write(new byte[] {22, 3, 1, 0x3f, (byte) 0xff});
                        while (System.nanoTime() - start
                                < Duration.ofSeconds(20).toNanos()) {
                            out.write(0);
                            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStopSaysFarewellInsideTls() throws Exception {
        start(TlsMode.STARTTLS);
        try (var plain = asked();
                var client = new Client(new TlsClient(certificate.certificate()).over(plain.socket, "", "TLSv1.3"))) {
            client.send("x");
            client.line();
            listener.close(Duration.ofSeconds(5));
            assertThat(client.line()).isEqualTo("bye");
            assertThat(client.line()).isNull();
        }
    }

    /** All that still comes; fails when the server does not end the connection in time. */
    private static String rest(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketException e) {
            return "";
        }
    }
}
