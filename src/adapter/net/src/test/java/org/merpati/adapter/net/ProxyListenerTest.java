package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.adapter.net.tls.KeyRing;
import org.merpati.core.api.config.Network;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.config.TlsMode;

@Timeout(60)
class ProxyListenerTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(300));
    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.ISO_8859_1);

    private final EchoProtocol echo = new EchoProtocol();
    private final ServerCertificate certificate;
    private final SSLContext context;
    private final Listener listener;

    ProxyListenerTest(@TempDir Path folder) throws IOException {
        certificate = ServerCertificate.open(folder, "localhost", InstantSource.system());
        context = KeyRing.context(certificate::key, List.of(), List.of(), Duration.ZERO);
        listener = Listener.open("mx", "mx.port", new ListenerAddress(List.of("127.0.0.1"), 0));
    }

    private void start(TlsMode mode, Limits limits) {
        listener.start(new Service(
                echo, mode, () -> context, List.of(Network.parse("127.0.0.2")), limits, ThreadKind.AUTO, SHORT));
    }

    @AfterEach
    void close() {
        listener.close(Duration.ofSeconds(5));
    }

    /** From the address that is trusted. */
    private Client proxy() throws IOException {
        return Client.from("127.0.0.2", listener.port());
    }

    private Client proxy(String client) throws IOException {
        var proxy = proxy();
        proxy.send("PROXY TCP4 " + client + " 192.0.2.1 40000 25");
        return proxy;
    }

    @Test
    void aTrustedProxySaysWhoTheClientIs() throws Exception {
        start(TlsMode.NONE, Limits.NONE);
        try (var client = proxy("192.0.2.7")) {
            assertThat(client.line()).startsWith("hello mx-");
            client.send("who");
            assertThat(client.line()).isEqualTo("mx /192.0.2.7:40000 /192.0.2.1:25 clear");
        }
    }

    @Test
    void aBinaryHeaderIsReadToItsEndAndNoFurther() throws Exception {
        start(TlsMode.NONE, Limits.NONE);
        try (var client = proxy()) {
            var out = client.socket.getOutputStream();
            out.write(SIGNATURE);
            out.write(new byte[] {0x21, 0x11, 0, 12 + 7});
            out.write(new byte[] {(byte) 192, 0, 2, 7, (byte) 192, 0, 2, 1, (byte) 0x9c, 0x40, 0, 25});
            out.write(new byte[] {0x05, 0, 4, 'a', 'b', 'c', 'd'});
            client.send("who");
            assertThat(client.line()).startsWith("hello mx-");
            assertThat(client.line()).isEqualTo("mx /192.0.2.7:40000 /192.0.2.1:25 clear");
        }
    }

    @Test
    void aProxyThatSpeaksForItselfIsServedAsItself() throws Exception {
        start(TlsMode.NONE, Limits.NONE);
        try (var client = proxy()) {
            client.socket.getOutputStream().write(SIGNATURE);
            client.socket.getOutputStream().write(new byte[] {0x20, 0, 0, 0});
            client.send("who");
            client.line();
            assertThat(client.line()).startsWith("mx /127.0.0.2:");
        }
    }

    @Test
    void tlsBeginsBehindTheHeader() throws Exception {
        start(TlsMode.IMPLICIT, Limits.NONE);
        try (var plain = proxy("192.0.2.7");
                var client = new Client(new TlsClient(certificate.certificate()).over(plain.socket, "", "TLSv1.3"))) {
            assertThat(client.line()).endsWith(" secure");
            client.send("who");
            assertThat(client.line()).startsWith("mx /192.0.2.7:40000 ");
        }
    }

    @Test
    void withoutAHeaderATrustedProxyIsHungUpOn() throws Exception {
        start(TlsMode.NONE, Limits.NONE);
        try (var client = proxy()) {
            client.send("EHLO mail.example.net");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void aHeaderFromAnybodyElseIsGarbageToTheProtocol() throws Exception {
        start(TlsMode.NONE, Limits.NONE);
        try (var client = Client.to(listener.port())) {
            client.send("PROXY TCP4 192.0.2.7 192.0.2.1 40000 25");
            assertThat(client.line()).startsWith("hello mx-");
            assertThat(client.line()).startsWith("PROXY TCP4");
            client.send("who");
            assertThat(client.line()).startsWith("mx /127.0.0.1:");
        }
    }

    @Test
    void aHeaderThatNeverComesIsBounded() throws Exception {
        start(TlsMode.NONE, Limits.NONE);
        try (var client = proxy()) {
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void aSlowDripOfAHeaderIsBoundedInAll() throws Exception {
        start(TlsMode.NONE, Limits.NONE);
        try (var client = proxy()) {
            var out = client.socket.getOutputStream();
            long start = System.nanoTime();
            out.write(SIGNATURE);
            out.write(new byte[] {0x20, 0, (byte) 0xff, (byte) 0xff});
            assertThatThrownBy(() -> {
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
    void limitsCountTheRealClient() throws Exception {
        start(TlsMode.NONE, new Limits(3, 1));
        try (var first = proxy("192.0.2.7");
                var other = proxy("192.0.2.8")) {
            assertThat(first.line()).startsWith("hello");
            assertThat(other.line()).startsWith("hello");
            try (var second = proxy("192.0.2.7")) {
                assertThat(second.line()).isEqualTo("no: too many connections from your address");
                assertThat(second.line()).isNull();
            }
            first.send("quit");
            assertThat(first.line()).isNull();
        }
        try (var again = proxy("192.0.2.7")) {
            assertThat(again.line()).isNotNull();
        }
    }

    @Test
    void proxiesThatSayNothingCountInAll() throws Exception {
        start(TlsMode.NONE, new Limits(1, 1));
        try (var silent = proxy();
                var second = proxy()) {
            assertThat(second.line()).isEqualTo("no: too many connections");
            assertThat(silent.line()).isNull();
        }
    }
}
