package org.merpati.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.mail.IdKind;

class JmapOverHttpTest {
    private static final String ANAS = IdKind.ACCOUNT.id(FakeStore.ANA.value());
    private static final String BOBS = IdKind.ACCOUNT.id(FakeStore.BOB.value());
    private static final String BLOB = IdKind.BLOB.id(501);
    private static final String CALLS = """
            {"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:mail"],"methodCalls":[
             ["Email/query",{"accountId":"%s"},"q"],
             ["Email/get",{"accountId":"%s","#ids":{"resultOf":"q","name":"Email/query","path":"/ids"}},"g"]]}""".formatted(ANAS, ANAS);

    private final Web web;

    JmapOverHttpTest() throws Exception {
        web = new Web(new FakeServer());
    }

    @AfterEach
    void close() {
        web.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/jmap", "/jmap/session"})
    void theSessionIsFoundAtBothAddresses(String path) throws Exception {
        var response = web.get(path, Web.ANA);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache, no-store, must-revalidate");
        assertThat(Web.json(response).get("apiUrl").textValue())
                .isEqualTo("https://127.0.0.1:" + web.securePort() + "/jmap/api");
    }

    @Test
    void aRequestIsAnsweredInItsSessionsState() throws Exception {
        var session = Web.json(web.get("/jmap/session", Web.ANA));
        var response = web.send("POST", "/jmap/api", Web.ANA, CALLS);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        var answer = Web.json(response);
        assertThat(answer.get("sessionState")).isEqualTo(session.get("state"));
        assertThat(answer.at("/methodResponses/1/1/list/0/blobId").textValue()).isEqualTo(BLOB);
    }

    @Test
    void strangersHostsAreNotRepeated() throws Exception {
        var answer = web.raw("GET /jmap/session HTTP/1.1", "Host: evil.example", "Authorization: " + Web.ANA);
        assertThat(answer).contains("\"apiUrl\":\"https://localhost:" + web.securePort() + "/jmap/api\"");
        assertThat(answer).doesNotContain("evil");
    }

    @Test
    void thePublicUrlWins() throws Exception {
        try (var other = new Web(new FakeServer().with("http.public-url", "https://mail.example.org/merpati/"))) {
            assertThat(Web.json(other.get("/jmap/session", Web.ANA))
                            .get("apiUrl")
                            .textValue())
                    .isEqualTo("https://mail.example.org/merpati/jmap/api");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | { | notJSON",
                "text/plain | {} | notJSON",
                "application/x-www-form-urlencoded | a=b | notJSON",
                "application/json; charset=utf-8 | [] | notRequest",
                "application/json | {\"using\":[\"urn:x\"],\"methodCalls\":[]} | unknownCapability"
            })
    void requestsThatAreNoneGetProblemDetails(String type, String body, String error) throws Exception {
        var response = web.send(web.secureUri("/jmap/api"), "POST", Web.ANA, type, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Web.json(response).get("type").textValue()).isEqualTo("urn:ietf:params:jmap:error:" + error);
    }

    @Test
    void elevenMegabytesAreRefusedByTheirLimit() throws Exception {
        var body = "{\"using\":[\"" + "x".repeat(11_000_000) + "\"],\"methodCalls\":[]}";
        var response = web.send("POST", "/jmap/api", Web.ANA, body);
        assertThat(Web.json(response).get("limit").textValue()).isEqualTo("maxSizeRequest");
    }

    @Test
    void aDownloadIsTheMessageByteForByteAndHarmless() throws Exception {
        var response = web.bytes("/jmap/download/" + ANAS + "/" + BLOB + "/mail.eml?type=text/html", Web.ANA);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(FakeStore.MAIL);
        var headers = response.headers();
        assertThat(headers.firstValue("Content-Type")).hasValue("text/html");
        assertThat(headers.firstValueAsLong("Content-Length")).hasValue(FakeStore.MAIL.length);
        assertThat(headers.firstValue("Content-Disposition")).hasValue("attachment; filename=\"mail.eml\"");
        assertThat(headers.allValues("Content-Security-Policy")).containsExactly("sandbox; default-src 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Cache-Control")).hasValue("private, immutable, max-age=31536000");
    }

    @Test
    void aDownloadThatIsThereAlreadyIsNotSentAgain() throws Exception {
        var path = "/jmap/download/" + ANAS + "/" + BLOB + "/a?type=message%2Frfc822";
        var tag = web.bytes(path, Web.ANA).headers().firstValue("ETag").orElseThrow();
        assertThat(web.bytes(path, Web.ANA, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void foreignAndUnknownBlobsLookTheSame() throws Exception {
        var foreignBlob = IdKind.BLOB.id(502);
        var answers = new HashSet<String>();
        for (var path : new String[] {
            BOBS + "/" + foreignBlob,
            ANAS + "/" + foreignBlob,
            ANAS + "/" + IdKind.BLOB.id(9999),
            IdKind.ACCOUNT.id(99) + "/" + BLOB,
            "x/y",
            ANAS + "/e1"
        }) {
            var response = web.get("/jmap/download/" + path + "/a?type=text/plain", Web.ANA);
            assertThat(response.statusCode()).isEqualTo(404);
            answers.add(response.body());
        }
        assertThat(answers).hasSize(1);
    }

    @Test
    void whatWasUploadedCanBeDownloaded() throws Exception {
        var response =
                web.send(web.secureUri("/jmap/upload/" + ANAS + "/"), "POST", Web.ANA, "text/x-thing", "H\u00e4llo");
        assertThat(response.statusCode()).isEqualTo(201);
        var uploaded = Web.json(response);
        assertThat(uploaded.get("accountId").textValue()).isEqualTo(ANAS);
        assertThat(uploaded.get("type").textValue()).isEqualTo("text/x-thing");
        assertThat(uploaded.get("size").intValue()).isEqualTo(6);
        var path = "/jmap/download/" + ANAS + "/" + uploaded.get("blobId").textValue() + "/a?type=text/plain";
        assertThat(web.bytes(path, Web.ANA).body()).isEqualTo("H\u00e4llo".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anUploadNeedsAnAccountOfItsOwn() throws Exception {
        assertThat(web.send("POST", "/jmap/upload/" + BOBS + "/", Web.ANA, "x").statusCode())
                .isEqualTo(404);
        assertThat(web.send("POST", "/jmap/upload/" + ANAS + "/", "", "x").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0, 4",
        "bytes=5-, 206, 5, -1",
        "bytes=-4, 206, -4, -1",
        "bytes=0-99999, 200, 0, -1",
        "'bytes=0-1,3-4', 200, 0, -1",
        "bytes=4-2, 200, 0, -1",
        "lines=0-1, 200, 0, -1"
    })
    void aPartOfADownloadMayBeAskedFor(String range, int status, int from, int to) throws Exception {
        var response = web.bytes("/jmap/download/" + ANAS + "/" + BLOB + "/a?type=text/plain", Web.ANA, "Range", range);
        int size = FakeStore.MAIL.length;
        int first = from < 0 ? size + from : from;
        int end = to < 0 ? size : to;
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(FakeStore.MAIL, first, end));
        assertThat(response.headers().firstValue("Content-Range").isPresent()).isEqualTo(status == 206);
        if (status == 206) {
            assertThat(response.headers().firstValue("Content-Range"))
                    .hasValue("bytes " + first + "-" + (end - 1) + "/" + size);
        }
    }

    @Test
    void aPartBeyondTheEndIsNone() throws Exception {
        var path = "/jmap/download/" + ANAS + "/" + BLOB + "/a?type=text/plain";
        var response = web.bytes(path, Web.ANA, "Range", "bytes=9999-");
        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(response.headers().firstValue("Content-Range")).hasValue("bytes */" + FakeStore.MAIL.length);
        assertThat(web.bytes(path, Web.ANA, "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "text/html%0d%0aX-Evil:%201", "text/html;foo=%22%3Cscript%3E", "%00/a"})
    void aTypeThatIsNoneIsRefused(String type) throws Exception {
        var response = web.get("/jmap/download/" + ANAS + "/" + BLOB + "/a?type=" + type, Web.ANA);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("X-Evil")).isEmpty();
    }
}
