package org.merpati.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Mailboxes;

/** RFC 8887. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketTest {
    private static final String ANNA = basic("anna@example.org");
    private static final String BOB = basic("bob@example.org");
    private static final int MOST = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ECHO =
            "\"using\":[\"urn:ietf:params:jmap:core\"],\"methodCalls\":[[\"Core/echo\",{\"a\":1},\"c\"]]";

    private HttpClient client = HttpClient.newHttpClient();
    private final MerpatiServer server;

    WebSocketTest() throws Exception {
        server = start();
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString((login + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    private MerpatiServer start() throws Exception {
        var started = MerpatiServer.start(
                Map.of("auth.allow-plaintext", "true", "push.streams-per-user", Integer.toString(MOST)));
        post(started, "/api/domains", "{\"name\":\"example.org\"}");
        for (var name : List.of("anna", "bob")) {
            post(started, "/api/accounts", "{\"address\":\"" + name + "@example.org\",\"password\":\"secret\"}");
        }
        return started;
    }

    @BeforeEach
    void newClient() {
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void closeClient() {
        client.shutdownNow();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private void post(MerpatiServer to, String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.httpPort() + path))
                .header("Authorization", "Bearer " + to.operatorToken().value())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
    }

    private JsonNode session() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/jmap/session"))
                .header("Authorization", ANNA)
                .build();
        return JSON.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** A change that is not a delivery. */
    private void makeMailbox(String name) {
        server.door()
                .call(services -> {
                    var account = services.get(Accounts.class)
                            .find(new EmailAddress("anna", "example.org"))
                            .orElseThrow();
                    return services.get(Mailboxes.class).create(account.id(), Mailboxes.Creation.named(name));
                })
                .orThrow();
    }

    /** What the server sends: messages as they are, then {@code close} and the code. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add("close " + code);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
            messages.add("pong " + StandardCharsets.UTF_8.decode(payload));
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            messages.add("error " + failure);
        }

        String text() throws InterruptedException {
            var message = messages.poll(20, TimeUnit.SECONDS);
            return message == null ? "nothing" : message;
        }

        JsonNode next() throws Exception {
            return JSON.readTree(text());
        }
    }

    private WebSocket connect(Heard heard) {
        return connect(server, ANNA, heard);
    }

    private WebSocket connect(MerpatiServer to, String authorization, Heard heard) {
        var uri = URI.create("ws://127.0.0.1:" + to.httpPort() + "/jmap/ws");
        return client.newWebSocketBuilder()
                .header("Authorization", authorization)
                .subprotocols("jmap")
                .buildAsync(uri, heard)
                .join();
    }

    private int operator(String method, String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                .header("Authorization", "Bearer " + server.operatorToken().value())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** An event source that is open. */
    private BufferedReader listen(String authorization) throws Exception {
        var events = "/jmap/eventsource/?types=*&closeafter=no&ping=0";
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + events))
                .header("Authorization", authorization)
                .build();
        var stream =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEqualTo(":");
        return lines;
    }

    @Test
    void aNewPasswordEndsWhatIsOpen() throws Exception {
        post(server, "/api/accounts", "{\"address\":\"carl@example.org\",\"password\":\"secret\"}");
        var carl = basic("carl@example.org");
        var heard = new Heard();
        connect(server, carl, heard);
        var others = new Heard();
        var annas = connect(others);
        var events = listen(carl);
        assertThat(operator("PUT", "/api/accounts/carl@example.org/password", "{\"password\":\"another\"}"))
                .isEqualTo(204);
        assertThat(heard.text()).isEqualTo("close 1008");
        assertThat(events.lines()).allMatch(String::isEmpty);
        assertThatThrownBy(() -> connect(server, carl, new Heard()))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        annas.sendText("{\"@type\":\"Request\"," + ECHO + "}", true).join();
        assertThat(others.next().get("@type").textValue()).isEqualTo("Response");
    }

    @Test
    void aRemovedAccountsConnectionsEnd() throws Exception {
        post(server, "/api/accounts", "{\"address\":\"dora@example.org\",\"password\":\"secret\"}");
        var dora = basic("dora@example.org");
        var heard = new Heard();
        connect(server, dora, heard);
        var events = listen(dora);
        assertThat(operator("DELETE", "/api/accounts/dora@example.org", "")).isEqualTo(204);
        assertThat(heard.text()).isEqualTo("close 1008");
        assertThat(events.lines().count()).isNotNegative(); // it has an end
    }

    @Test
    void theSessionSaysWhereItIs() throws Exception {
        var capability = session().at("/capabilities/urn:ietf:params:jmap:websocket");
        assertThat(capability.get("url").textValue()).isEqualTo("ws://127.0.0.1:" + server.httpPort() + "/jmap/ws");
        assertThat(capability.get("supportsPush").booleanValue()).isTrue();
    }

    @Test
    void aRequestIsAnsweredWithItsId() throws Exception {
        var heard = new Heard();
        var socket = connect(heard);
        assertThat(socket.getSubprotocol()).isEqualTo("jmap");
        socket.sendText("{\"@type\":\"Request\",\"id\":\"R1\"," + ECHO + "}", true)
                .join();
        var answer = heard.next();
        assertThat(answer.get("@type").textValue()).isEqualTo("Response");
        assertThat(answer.get("requestId").textValue()).isEqualTo("R1");
        assertThat(answer.get("methodResponses").toString()).isEqualTo("[[\"Core/echo\",{\"a\":1},\"c\"]]");
        assertThat(answer.get("sessionState")).isEqualTo(session().get("state"));
        socket.sendText("{\"@type\":\"Request\",", false).join();
        socket.sendText(ECHO + "}", true).join();
        assertThat(heard.next().has("requestId")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "The quick brown fox | null | notJSON",
                "[] | null | notRequest",
                "{\"id\":\"x\"} | \"x\" | notRequest",
                "{\"@type\":\"Foo\",\"id\":\"x\"} | \"x\" | notRequest",
                "{\"@type\":\"Request\",\"id\":\"x\",\"using\":[\"urn:x\"],\"methodCalls\":[]} | \"x\" | unknownCapability",
                "{\"@type\":\"Request\",\"id\":7,\"using\":[],\"methodCalls\":[]} | null | notRequest",
                "{\"@type\":\"WebSocketPushEnable\",\"dataTypes\":7} | null | notRequest",
                "{\"@type\":\"WebSocketPushEnable\",\"pushState\":7} | null | notRequest"
            })
    void whatIsNoRequestIsSaidAndTheNextIsAnswered(String message, String id, String error) throws Exception {
        var heard = new Heard();
        var socket = connect(heard);
        socket.sendText(message, true).join();
        var refused = heard.next();
        assertThat(refused.get("@type").textValue()).isEqualTo("RequestError");
        assertThat(refused.get("requestId").toString()).isEqualTo(id);
        assertThat(refused.get("type").textValue()).isEqualTo("urn:ietf:params:jmap:error:" + error);
        assertThat(refused.get("status").intValue()).isEqualTo(400);
        socket.sendText("{\"@type\":\"Request\"," + ECHO + "}", true).join();
        assertThat(heard.next().get("@type").textValue()).isEqualTo("Response");
    }

    @Test
    void aRequestThatIsTooLargeIsTheLast() throws Exception {
        var heard = new Heard();
        var socket = connect(heard);
        var part = "x".repeat(1_000_000);
        try {
            for (int i = 0; i < 11; i++) {
                socket.sendText(part, false).join();
            }
        } catch (CompletionException e) {
            // it was cut while it was sent
        }
        assertThat(heard.next().get("limit").textValue()).isEqualTo("maxSizeRequest");
        assertThat(heard.text()).isEqualTo("close 1009");
    }

    /** In one frame and in many. */
    @Test
    void aLargeRequestIsAnsweredWhole() throws Exception {
        var heard = new Heard();
        var socket = connect(heard);
        var text = "x\u00e4\u20ac\ud83d\ude00".repeat(300_000);
        var request = "{\"@type\":\"Request\",\"using\":[\"urn:ietf:params:jmap:core\"],\"methodCalls\":"
                + "[[\"Core/echo\",{\"a\":\"" + text + "\"},\"c\"]]}";
        socket.sendText(request, true).join();
        assertThat(heard.next().at("/methodResponses/0/1/a").textValue()).isEqualTo(text);
        socket.sendText(request.substring(0, 300_001), false).join();
        socket.sendText(request.substring(300_001), true).join();
        assertThat(heard.next().at("/methodResponses/0/1/a").textValue()).isEqualTo(text);
    }

    @Test
    void aHundredRequestsAtOnceAreAnsweredInTheirOrder() throws Exception {
        var heard = new Heard();
        var socket = connect(heard);
        for (int i = 0; i < 100; i++) {
            socket.sendText("{\"@type\":\"Request\",\"id\":\"" + i + "\"," + ECHO + "}", true)
                    .join();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(heard.next().get("requestId").textValue()).isEqualTo(Integer.toString(i));
        }
    }

    /** Its answers fill the connection; what it goes on sending is not kept without end. */
    @Test
    void aClientThatReadsNothingIsSentAway() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            socket.getOutputStream().write(request(List.of(), "Authorization: " + ANNA));
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 101");
            var frame = masked(0x81, request("x".repeat(60_000)).getBytes(StandardCharsets.UTF_8));
            try {
                for (int i = 0; i < 100_000; i++) {
                    socket.getOutputStream().write(frame);
                }
                fail("six gigabytes were taken");
            } catch (SocketException e) {
                assertThat(session().has("capabilities")).isTrue();
            }
        }
    }

    private static String request(String text) {
        return "{\"@type\":\"Request\",\"using\":[\"urn:ietf:params:jmap:core\"],\"methodCalls\":"
                + "[[\"Core/echo\",{\"a\":\"" + text + "\"},\"c\"]]}";
    }

    /** A frame with the mask 0, which changes nothing. */
    private static byte[] masked(int first, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        var octets = new byte[frame.remaining()];
        frame.get(octets);
        return octets;
    }

    @ParameterizedTest
    @CsvSource({
        "81 00, 1002", // not masked
        "81 81 00000000 ff, 1007", // not UTF-8
        "c1 80 00000000, 1002", // an extension's bit
        "80 80 00000000, 1002", // goes on with nothing
        "09 80 00000000, 1002", // a ping in pieces
        "83 80 00000000, 1002" // no such frame
    })
    void framesThatAreNoneEndIt(String frame, int code) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            socket.getOutputStream().write(request(List.of(), "Authorization: " + ANNA));
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 101");
            socket.getOutputStream().write(HexFormat.of().parseHex(frame.replace(" ", "")));
            assertThat(socket.getInputStream().read()).isEqualTo(0x88);
            assertThat(socket.getInputStream().read()).isGreaterThanOrEqualTo(2);
            int said = (socket.getInputStream().read() << 8)
                    | socket.getInputStream().read();
            assertThat(said).isEqualTo(code);
        }
    }

    @Test
    void binaryMessagesEndIt() throws Exception {
        var heard = new Heard();
        connect(heard).sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
        assertThat(heard.text()).isEqualTo("close 1003");
    }

    @Test
    void aPingIsAnsweredAndACloseToo() throws Exception {
        var heard = new Heard();
        var socket = connect(heard);
        socket.sendPing(ByteBuffer.wrap("there?".getBytes(StandardCharsets.UTF_8)))
                .join();
        assertThat(heard.text()).isEqualTo("pong there?");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(heard.text()).isEqualTo("close 1000");
    }

    @Test
    void changesArePushedBetweenEnableAndDisable() throws Exception {
        var heard = new Heard();
        var socket = connect(heard);
        socket.sendText("{\"@type\":\"WebSocketPushEnable\",\"dataTypes\":[\"Mailbox\"]}", true)
                .join();
        barrier(socket, heard);
        makeMailbox("One");
        var pushed = heard.next();
        assertThat(pushed.get("@type").textValue()).isEqualTo("StateChange");
        assertThat(names(pushed.get("changed").elements().next())).containsExactly("Mailbox");
        assertThat(pushed.get("pushState").textValue()).startsWith("Mailbox:");
        socket.sendText("{\"@type\":\"WebSocketPushDisable\"}", true).join();
        barrier(socket, heard);
        makeMailbox("Two");
        barrier(socket, heard);
        socket.sendText("{\"@type\":\"WebSocketPushEnable\",\"pushState\":" + pushed.get("pushState") + "}", true)
                .join();
        assertThat(names(heard.next().get("changed").elements().next())).contains("Mailbox");
    }

    @Test
    void whoKnowsNothingIsToldAll() throws Exception {
        var heard = new Heard();
        connect(heard)
                .sendText("{\"@type\":\"WebSocketPushEnable\",\"pushState\":\"aaa\"}", true)
                .join();
        assertThat(names(heard.next().get("changed").elements().next())).contains("Mailbox", "Email", "Quota");
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Messages are taken one after the other: when this one is answered, those before are done. */
    private static void barrier(WebSocket socket, Heard heard) throws Exception {
        socket.sendText("{\"@type\":\"Request\"," + ECHO + "}", true).join();
        assertThat(heard.next().get("@type").textValue()).isEqualTo("Response");
    }

    @Test
    void allEndWhenTheServerStops() throws Exception {
        var heard = new Heard();
        try (var other = start()) {
            connect(other, ANNA, heard);
        }
        assertThat(heard.text()).isEqualTo("close 1001");
    }

    @Test
    void aUsersConnectionsAreCounted() throws Exception {
        for (int i = 0; i < MOST; i++) {
            connect(server, BOB, new Heard());
        }
        assertThat(handshake("Authorization: " + BOB)).startsWith("HTTP/1.1 429");
        assertThat(handshake("Authorization: " + ANNA)).startsWith("HTTP/1.1 101");
    }

    @Test
    void theHandshakeIsAnsweredByTheBook() throws Exception { // the key of RFC 6455 §1.3
        assertThat(handshake("Authorization: " + ANNA))
                .startsWith("HTTP/1.1 101")
                .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: websocket", "Sec-WebSocket-Version: 13"})
    void withoutThatItIsNoHandshake(String missing) throws Exception {
        assertThat(send(List.of(missing), "Authorization: " + ANNA)).startsWith("HTTP/1.1 426");
    }

    @Test
    void aHandshakeNeedsAKeyTheSubprotocolAndCredentials() throws Exception {
        var authorization = "Authorization: " + ANNA;
        assertThat(send(List.of("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), authorization))
                .startsWith("HTTP/1.1 400");
        assertThat(send(List.of("Sec-WebSocket-Protocol: jmap"), authorization)).startsWith("HTTP/1.1 400");
        assertThat(handshake("X: y")).startsWith("HTTP/1.1 401");
        assertThat(handshake("Authorization: " + "Basic eDp5")).startsWith("HTTP/1.1 401");
    }

    @Test
    void anotherSitesPageIsRefused() throws Exception {
        assertThat(handshake("Authorization: " + ANNA, "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403");
        assertThat(handshake("Authorization: " + ANNA, "Origin: http://127.0.0.1:" + server.httpPort()))
                .startsWith("HTTP/1.1 101");
    }

    private String handshake(String... more) throws Exception {
        return send(List.of(), more);
    }

    private String send(List<String> without, String... more) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            socket.getOutputStream().write(request(without, more));
            return head(socket.getInputStream());
        }
    }

    private byte[] request(List<String> without, String... more) {
        var lines = new ArrayList<>(List.of(
                "GET /jmap/ws HTTP/1.1",
                "Host: 127.0.0.1:" + server.httpPort(),
                "Upgrade: websocket",
                "Connection: keep-alive, Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol: jmap"));
        lines.removeAll(without);
        lines.addAll(List.of(more));
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(InputStream in) throws Exception {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                break;
            }
            head.append((char) octet);
        }
        return head.toString();
    }
}
