package org.merpati.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends to hurt the server or to learn what is not its own (RFC 8620 §8.5, §8.7). After each the server answers. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileJmapTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANNA = basic("anna@example.org");
    private static final String BOB = basic("bob@example.org");
    private static final String USING = "\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\","
            + "\"urn:ietf:params:jmap:blob\"]";
    /** Of no account, email, blob or mailbox, but in their forms. */
    private static final String NOBODY = "zzz";

    private final HttpClient client = HttpClient.newHttpClient();
    private MerpatiServer server;
    private String annas = "";
    private String bobs = "";

    @SuppressWarnings("NullAway") // set before the first test
    HostileJmapTest() {
        server = null;
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString((login + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    @BeforeAll
    void start() throws Exception {
        server = MerpatiServer.start(Map.of("auth.allow-plaintext", "true"));
        var operator = "Bearer " + server.operatorToken().value();
        send("/api/domains", operator, "{\"name\":\"example.org\"}");
        for (var name : List.of("anna", "bob")) {
            send("/api/accounts", operator, "{\"address\":\"" + name + "@example.org\",\"password\":\"secret\"}");
        }
        annas = account(ANNA);
        bobs = account(BOB);
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @AfterEach
    void itStillAnswers() throws Exception {
        assertThat(call(ANNA, "Core/echo", "\"a\":1").toString()).isEqualTo("[\"Core/echo\",{\"a\":1},\"c\"]");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.httpPort() + path);
    }

    private HttpResponse<String> send(String path, String authorization, String body) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", authorization)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String account(String authorization) throws Exception {
        var session = JSON.readTree(get("/jmap/session", authorization).body());
        return session.get("accounts").fieldNames().next();
    }

    /** The one response of a request with one call. */
    private JsonNode call(String authorization, String method, String arguments) throws Exception {
        var answer = send("/jmap/api", authorization, request(method, arguments));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).at("/methodResponses/0");
    }

    private static String request(String method, String arguments) {
        return "{" + USING + ",\"methodCalls\":[[\"" + method + "\",{" + arguments + "},\"c\"]]}";
    }

    private void refused(String body, String type, String detail) throws Exception {
        var answer = send("/jmap/api", ANNA, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.get("type").textValue()).isEqualTo("urn:ietf:params:jmap:error:" + type);
        assertThat(problem.toString()).contains(detail);
    }

    @Test
    void aRequestOfMoreThanTenMegabytesIsOverTheLimit() throws Exception {
        refused(request("Core/echo", "\"a\":\"" + "x".repeat(10_000_000) + "\""), "limit", "maxSizeRequest");
    }

    @Test
    void aRequestOfTenMegabytesIsAnswered() throws Exception {
        var text = "x".repeat(10_000_000 - request("Core/echo", "\"a\":\"\"").length());
        assertThat(call(ANNA, "Core/echo", "\"a\":\"" + text + "\"").at("/1/a").textValue())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void jsonOfDepthAThousandIsNoJsonHere(String opening) throws Exception {
        refused(request("Core/echo", "\"a\":" + opening.repeat(1_000)), "notJSON", "deeper");
        refused(opening.repeat(1_000_000), "notJSON", "deeper");
    }

    @Test
    void aMillionIdsAreOverTheLimitOfARequest() throws Exception {
        var ids = IntStream.range(0, 1_000_000).mapToObj(i -> "\"e" + i + "\"").collect(Collectors.joining(","));
        var body = request("Email/get", "\"accountId\":\"" + annas + "\",\"ids\":[" + ids + "]");
        refused(body, "limit", "maxSizeRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Email/get", "Mailbox/get", "Thread/get", "Identity/get", "Blob/get"})
    void idsBeyondTheLimitOfAGetAreRefusedWhole(String method) throws Exception {
        var ids = IntStream.range(0, 400_000).mapToObj(i -> "\"e" + i + "\"").collect(Collectors.joining(","));
        var answer = call(ANNA, method, "\"accountId\":\"" + annas + "\",\"ids\":[" + ids + "]");
        assertThat(answer.at("/1/type").textValue()).isIn("requestTooLarge", "unknownMethod");
    }

    @Test
    void aHugePatchChangesNothing() throws Exception {
        var email = email("patched");
        for (var patch : List.of(
                keys("keywords/k%d", "true"),
                keys("mailboxIds/m%d", "true"),
                keys("nothing/at/all%d", "1"),
                "\"keywords\":{" + keys("k%d", "true") + "}")) {
            var answer = call(
                    ANNA,
                    "Email/set",
                    "\"accountId\":\"" + annas + "\",\"update\":{\"" + email + "\":{" + patch + "}}");
            assertThat(answer.at("/1/notUpdated/" + email + "/type").textValue())
                    .isIn("tooManyKeywords", "tooManyMailboxes", "invalidPatch", "invalidProperties", "tooLarge");
            assertThat(answer.toString()).hasSizeLessThan(10_000);
        }
        var now = call(
                ANNA,
                "Email/get",
                "\"accountId\":\"" + annas + "\",\"ids\":[\"" + email + "\"],\"properties\":[\"keywords\"]");
        assertThat(now.at("/1/list/0/keywords").isEmpty()).isTrue();
    }

    private static String keys(String name, String value) {
        return IntStream.range(0, 100_000)
                .mapToObj(i -> "\"" + name.formatted(i) + "\":" + value)
                .collect(Collectors.joining(","));
    }

    /** An email of Anna's. */
    private String email(String subject) throws Exception {
        return emailOf(ANNA, annas, subject).get("id").textValue();
    }

    private JsonNode emailOf(String authorization, String account, String subject) throws Exception {
        var mailbox = call(authorization, "Mailbox/get", "\"accountId\":\"" + account + "\",\"ids\":null")
                .at("/1/list/0/id")
                .textValue();
        var made = call(
                authorization,
                "Email/set",
                "\"accountId\":\"" + account + "\",\"create\":{\"n\":{\"subject\":\"" + subject
                        + "\",\"mailboxIds\":{\"" + mailbox + "\":true}}}");
        return made.at("/1/created/n");
    }

    /** Whatever it is asked, the answer is that for an account that never was. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Email/get",
                "Email/changes",
                "Email/query",
                "Email/set",
                "Mailbox/get",
                "Mailbox/set",
                "Thread/get",
                "Blob/get",
                "Blob/copy",
                "Email/copy"
            })
    void anotherAccountIsNoneLikeOneThatIsNotThere(String method) throws Exception {
        assertThat(answerFor(method, bobs)).isEqualTo(answerFor(method, "a" + NOBODY));
    }

    private String answerFor(String method, String account) throws Exception {
        var arguments = switch (method) {
            case "Email/changes" -> ",\"sinceState\":\"1\"";
            case "Email/query", "Email/set", "Mailbox/set" -> "";
            case "Blob/copy" -> ",\"fromAccountId\":\"" + annas + "\",\"blobIds\":[]";
            case "Email/copy" -> ",\"fromAccountId\":\"" + annas + "\",\"create\":{}";
            default -> ",\"ids\":[]";
        };
        var to = call(ANNA, method, "\"accountId\":\"" + account + "\"" + arguments);
        assertThat(to.get(0).textValue()).isEqualTo("error");
        var from = "";
        if (method.endsWith("/copy")) {
            var swapped = arguments.replace(annas, account);
            from = call(ANNA, method, "\"accountId\":\"" + annas + "\"" + swapped)
                    .toString();
            assertThat(from).startsWith("[\"error\"");
        }
        return (to + from).replace("\"" + account + "\"", "ACCOUNT");
    }

    @Test
    void addressesOfAnotherAccountAreAnsweredLikeThoseOfNone() throws Exception {
        var blob = emailOf(BOB, bobs, "bob's own").get("blobId").textValue();
        assertThat(get("/jmap/download/" + bobs + "/" + blob + "/x?type=text/plain", BOB)
                        .statusCode())
                .isEqualTo(200);
        assertThat(same(List.of(
                        get("/jmap/download/" + bobs + "/" + blob + "/x?type=text/plain", ANNA),
                        get("/jmap/download/a" + NOBODY + "/" + blob + "/x?type=text/plain", ANNA),
                        get("/jmap/download/" + annas + "/" + blob + "/x?type=text/plain", ANNA),
                        get("/jmap/download/" + annas + "/b" + NOBODY + "/x?type=text/plain", ANNA))))
                .isEqualTo(404);
        assertThat(same(List.of(
                        send("/jmap/upload/" + bobs + "/", ANNA, "x"),
                        send("/jmap/upload/a" + NOBODY + "/", ANNA, "x"))))
                .isEqualTo(404);
    }

    private static int same(List<HttpResponse<String>> answers) {
        var first = answers.getFirst();
        assertThat(answers).extracting(HttpResponse::body).containsOnly(first.body());
        assertThat(answers)
                .extracting(answer -> answer.headers().map().keySet())
                .containsOnly(first.headers().map().keySet());
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(first.statusCode());
        return first.statusCode();
    }

    @Test
    void idsOfAnotherAccountAreNotFoundLikeThoseOfNothing() throws Exception {
        var email = emailOf(BOB, bobs, "a second of bob's");
        for (var property : List.of("id", "blobId", "threadId")) {
            var forged = email.get(property).textValue();
            var nothing = forged.charAt(0) + NOBODY;
            for (var method : List.of("Email/get", "Thread/get", "Mailbox/get", "Blob/get")) {
                var ids = call(ANNA, method, "\"accountId\":\"" + annas + "\",\"ids\":[\"" + forged + "\"]");
                assertThat(ids.at("/1/notFound/0").textValue()).isEqualTo(forged);
                assertThat(ids.toString().replace(forged, nothing))
                        .isEqualTo(call(ANNA, method, "\"accountId\":\"" + annas + "\",\"ids\":[\"" + nothing + "\"]")
                                .toString());
            }
        }
        assertThat(imported(email.get("blobId").textValue())).isEqualTo(imported("b" + NOBODY));
        assertThat(destroyed(email.get("id").textValue())).isEqualTo(destroyed("e" + NOBODY));
    }

    private String imported(String blob) throws Exception {
        return call(
                        ANNA,
                        "Email/import",
                        "\"accountId\":\"" + annas + "\",\"emails\":{\"n\":{\"blobId\":\"" + blob
                                + "\",\"mailboxIds\":{\"m1\":true}}}")
                .toString()
                .replace("\"" + blob + "\"", "BLOB");
    }

    private String destroyed(String id) throws Exception {
        return call(ANNA, "Email/set", "\"accountId\":\"" + annas + "\",\"destroy\":[\"" + id + "\"]")
                .toString()
                .replace("\"" + id + "\"", "ID");
    }

    /** As many as there may be at once; the others go on beside them. */
    @Test
    void slowUploadsHoldUpNobodyElse() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(slowUpload());
            }
            assertThat(send("/jmap/upload/" + annas + "/", ANNA, "x").body()).contains("maxConcurrentUpload");
            assertThat(send("/jmap/upload/" + bobs + "/", BOB, "x").statusCode())
                    .isEqualTo(201);
            itStillAnswers();
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
        int status;
        do {
            status = send("/jmap/upload/" + annas + "/", ANNA, "x").statusCode();
        } while (status == 429); // until it has seen that they are gone
        assertThat(status).isEqualTo(201);
    }

    private Socket slowUpload() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort());
        var head = String.join(
                "\r\n",
                "POST /jmap/upload/" + annas + "/ HTTP/1.1",
                "Host: localhost",
                "Authorization: " + ANNA,
                "Content-Type: text/plain",
                "Content-Length: 1000000",
                "Expect: 100-continue",
                "",
                "");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertThat(answer).isEqualTo("HTTP/1.1 100"); // it is being read now
        return socket;
    }
}
