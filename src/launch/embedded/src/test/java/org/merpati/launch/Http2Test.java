package org.merpati.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.merpati.launch.train.OwnTls;

/** HTTP/2 (RFC 9113) over TLS, beside HTTP/1.1 on the same port. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2Test {
    private static final String ANNA =
            "Basic " + Base64.getEncoder().encodeToString("anna@example.org:secret".getBytes(StandardCharsets.UTF_8));

    private final MerpatiServer server;
    private final URI base;

    Http2Test() throws Exception {
        server = MerpatiServer.start(Map.of());
        base = URI.create("https://127.0.0.1:" + server.httpsPort());
        try (var client = client(Version.HTTP_1_1)) {
            post(client, "/api/domains", "{\"name\":\"example.org\"}");
            post(client, "/api/accounts", "{\"address\":\"anna@example.org\",\"password\":\"secret\"}");
        }
    }

    private void post(HttpClient client, String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + server.operatorToken().value())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }

    @AfterAll
    void close() {
        server.close();
    }

    private static HttpClient client(Version version) throws Exception {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(OwnTls.context())
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", ANNA);
    }

    private HttpRequest makeMailbox(String account, String name) {
        var call = "[\"Mailbox/set\",{\"accountId\":\"" + account + "\",\"create\":{\"m\":{\"name\":\"" + name
                + "\"}}},\"0\"]";
        return request("/jmap/api")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"using\":[\"urn:ietf:params:jmap:mail\"],\"methodCalls\":[" + call + "]}"))
                .build();
    }

    private String account(HttpClient client) throws Exception {
        var session = client.send(request("/jmap/session").build(), BodyHandlers.ofString());
        assertThat(session.statusCode()).isEqualTo(200);
        return session.body().replaceAll("(?s).*?\"accounts\":\\{\"([^\"]+)\".*", "$1");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aClientHasTheVersionThatItOffers(Version version) throws Exception {
        try (var client = client(version)) {
            var answer = client.send(request("/jmap/session").build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
        }
    }

    @Test
    void whoOffersNothingHasOneDotOne() throws Exception {
        try (var socket = (SSLSocket) TrustingTls.connect(server.httpsPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getApplicationProtocol()).isEmpty();
            var line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertThat(line).startsWith("HTTP/1.1 ");
        }
    }

    /** The answer is there before the octets are; it is not lost over them. */
    @Test
    void anUploadThatIsRefusedIsAnsweredByHttp2() throws Exception {
        refusedUploads(Version.HTTP_2);
    }

    @Test
    void anUploadThatIsRefusedIsAnsweredByHttp1() throws Exception {
        refusedUploads(Version.HTTP_1_1);
    }

    private void refusedUploads(Version version) throws Exception {
        try (var client = client(version)) {
            for (int i = 0; i < 10; i++) {
                var octets = BodyPublishers.ofInputStream(() -> new SlowOctets(40_000));
                var upload = request("/jmap/upload/nobody/").POST(octets).build();
                assertThat(client.send(upload, BodyHandlers.ofString()).statusCode())
                        .isBetween(400, 499);
            }
        }
    }

    /** Each block takes some milliseconds. */
    private static final class SlowOctets extends InputStream {
        private int left;

        SlowOctets(int octets) {
            left = octets;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            return super.read(into, from, Math.min(length, 8_192));
        }
    }

    /** Events come on the connection that brings requests meanwhile, many of them at once. */
    @Test
    void requestsAndEventsShareAConnection() throws Exception {
        try (var client = client(Version.HTTP_2)) {
            var account = account(client);
            var events = client.send(
                    request("/jmap/eventsource/?types=*&closeafter=no&ping=0").build(), BodyHandlers.ofInputStream());
            assertThat(events.version()).isEqualTo(Version.HTTP_2);
            try (var lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).startsWith(":");
                var answers = IntStream.range(0, 40)
                        .mapToObj(i -> client.sendAsync(makeMailbox(account, "box" + i), BodyHandlers.ofString()))
                        .toList();
                for (var answer : answers) {
                    assertThat(answer.get().statusCode()).isIn(200, 429);
                }
                assertThat(answers.stream()
                                .map(CompletableFuture::join)
                                .filter(answer -> answer.body().contains("\"created\":{\"m\""))
                                .count())
                        .isPositive();
                assertThat(lines.lines()
                                .filter(line -> line.startsWith("data:"))
                                .findFirst())
                        .hasValueSatisfying(line -> assertThat(line).contains("Mailbox"));
            }
        }
    }

    @Test
    void bodiesBeyondTheWindowArriveWhole() throws Exception {
        try (var client = client(Version.HTTP_2)) {
            var account = account(client);
            var octets = new byte[5_000_000];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (i * 31);
            }
            var uploaded = client.send(
                    request("/jmap/upload/" + account + "/")
                            .header("Content-Type", "application/octet-stream")
                            .POST(BodyPublishers.ofByteArray(octets))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
            var blob = uploaded.body().replaceAll("(?s).*\"blobId\":\"([^\"]+)\".*", "$1");
            HttpResponse<byte[]> downloaded = client.send(
                    request("/jmap/download/" + account + "/" + blob + "/x?type=application/octet-stream")
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(downloaded.version()).isEqualTo(Version.HTTP_2);
            assertThat(downloaded.body()).isEqualTo(octets);
        }
    }

    /** A client that has HTTP/2 opens a connection of HTTP/1.1 for it. */
    @Test
    void aWebSocketIsOpenedBesideIt() throws Exception {
        try (var client = client(Version.HTTP_2)) {
            account(client);
            var opened = client.newWebSocketBuilder()
                    .header("Authorization", ANNA)
                    .subprotocols("jmap")
                    .buildAsync(
                            URI.create("wss://127.0.0.1:" + server.httpsPort() + "/jmap/ws"),
                            new WebSocket.Listener() {})
                    .join();
            assertThat(opened.getSubprotocol()).isEqualTo("jmap");
            opened.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }
}
