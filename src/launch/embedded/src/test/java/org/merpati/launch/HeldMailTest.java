package org.merpati.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mail that is to be sent later (RFC 4865), in the whole server. */
@Timeout(60)
class HeldMailTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANNA = basic("anna@example.org");
    private static final String BOB = basic("bob@example.org");
    private static final String USING = "{\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\","
            + "\"urn:ietf:params:jmap:submission\"],\"methodCalls\":[";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString((login + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    private MerpatiServer start() throws Exception {
        return MerpatiServer.start(Map.of("data", folder.toString(), "auth.allow-plaintext", "true"));
    }

    @Test
    void itIsSentWhenItsTimeHasComeAlsoAfterARestart() throws Exception {
        JsonNode submission;
        try (var server = start()) {
            addAccounts(server);
            submission = hold(server);
            assertThat(submission.get("undoStatus").textValue()).isEqualTo("pending");
        }
        try (var server = start()) {
            try (var imap = new Dialogue(TrustingTls.connect(server.imapsPort()))) {
                imap.expect("* OK");
                imap.say("a LOGIN bob@example.org secret").expect("a OK");
                if (imap.say("b SELECT INBOX").expect("b OK").contains("* 0 EXISTS")) {
                    imap.say("c IDLE").expect("* 1 EXISTS");
                }
            }
            var sent = call(
                    server,
                    ANNA,
                    "EmailSubmission/get",
                    "\"accountId\":\"" + account(server, ANNA) + "\",\"ids\":[" + submission.get("id") + "]");
            assertThat(sent.at("/list/0/undoStatus").textValue()).isIn("final", "pending"); // noted after it is sent
            var emails = call(server, BOB, "Email/get", "\"accountId\":\"" + account(server, BOB) + "\",\"ids\":null");
            assertThat(emails.get("list")).hasSize(1);
            assertThat(Instant.parse(emails.at("/list/0/receivedAt").textValue()))
                    .isAfterOrEqualTo(Instant.parse(submission.get("sendAt").textValue()));
        }
    }

    private void addAccounts(MerpatiServer server) throws Exception {
        var operator = "Bearer " + server.operatorToken().value();
        post(server, "/api/domains", operator, "{\"name\":\"example.org\"}");
        for (var name : List.of("anna", "bob")) {
            var json = "{\"address\":\"" + name + "@example.org\",\"password\":\"secret\"}";
            post(server, "/api/accounts", operator, json);
        }
    }

    /** An email from Anna to Bob, to be sent in five seconds. */
    private JsonNode hold(MerpatiServer server) throws Exception {
        var anna = "\"accountId\":\"" + account(server, ANNA) + "\"";
        var mailbox = call(server, ANNA, "Mailbox/get", anna + ",\"ids\":null").at("/list/0/id");
        var identity =
                call(server, ANNA, "Identity/get", anna + ",\"ids\":null").at("/list/0/id");
        var draft =
                call(server, ANNA, "Email/set", anna + """
                ,"create":{"d":{"mailboxIds":{%s:true},"subject":"later",
                "from":[{"email":"anna@example.org"}],"to":[{"email":"bob@example.org"}]}}""".formatted(mailbox)).at("/created/d/id");
        return call(server, ANNA, "EmailSubmission/set", anna + """
                ,"create":{"s":{"identityId":%s,"emailId":%s,"envelope":{"rcptTo":[{"email":"bob@example.org"}],
                "mailFrom":{"email":"anna@example.org","parameters":{"HOLDFOR":"5"}}}}}""".formatted(identity, draft))
                .at("/created/s");
    }

    private String account(MerpatiServer server, String authorization) throws Exception {
        var request = request(server, "/jmap/session", authorization).build();
        var session =
                JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
        return session.get("accounts").fieldNames().next();
    }

    private JsonNode call(MerpatiServer server, String authorization, String method, String arguments)
            throws Exception {
        var json = USING + "[\"" + method + "\",{" + arguments + "},\"c\"]]}";
        var answer = post(server, "/jmap/api", authorization, json).at("/methodResponses/0");
        assertThat(answer.get(0).textValue()).as(answer.toString()).isEqualTo(method);
        return answer.get(1);
    }

    private JsonNode post(MerpatiServer server, String path, String authorization, String json) throws Exception {
        var request = request(server, path, authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return JSON.readTree(answer.body());
    }

    private static HttpRequest.Builder request(MerpatiServer server, String path, String authorization) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                .header("Authorization", authorization);
    }
}
