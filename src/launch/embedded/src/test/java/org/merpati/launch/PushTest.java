package org.merpati.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mail that comes in shows in JMAP's push channels, in the whole server. */
@Timeout(60)
class PushTest {
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString("anna@example.org:secret".getBytes(StandardCharsets.UTF_8));

    @Test
    void aDeliveryIsToldByTheEventSourceWhichTheServersEndEnds() throws Exception {
        var server = MerpatiServer.start(Map.of("auth.allow-plaintext", "true"));
        try (var client = HttpClient.newHttpClient()) {
            addAnna(server, client);
            var events = new BufferedReader(new InputStreamReader(
                    client.send(
                                    get(server, "/jmap/eventsource/?types=Email,EmailDelivery&closeafter=no&ping=0"),
                                    HttpResponse.BodyHandlers.ofInputStream())
                            .body(),
                    StandardCharsets.UTF_8));
            assertThat(events.readLine()).isEqualTo(":");
            assertThat(events.readLine()).isEmpty();
            deliver(server);
            assertThat(events.readLine()).isEqualTo("event: state");
            assertThat(events.readLine()).startsWith("id: ");
            assertThat(events.readLine()).contains("\"EmailDelivery\":").contains("\"Email\":");
            assertThat(events.readLine()).isEmpty();
            server.close();
            assertThat(events.readLine()).isNull();
        } finally {
            server.close();
        }
    }

    private static HttpRequest get(MerpatiServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                .header("Authorization", AUTHORIZATION)
                .build();
    }

    private static void addAnna(MerpatiServer server, HttpClient client) throws Exception {
        post(server, client, "/api/domains", "{\"name\":\"example.org\"}");
        post(server, client, "/api/accounts", "{\"address\":\"anna@example.org\",\"password\":\"secret\"}");
    }

    private static void post(MerpatiServer server, HttpClient client, String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                .header("Authorization", "Bearer " + server.operatorToken().value())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(201);
    }

    private static void deliver(MerpatiServer server) throws IOException {
        try (var smtp = new Dialogue(new Socket(InetAddress.getLoopbackAddress(), server.smtpPort()))) {
            smtp.expect("220 ");
            smtp.say("HELO localhost").expect("250 ");
            smtp.say("MAIL FROM:<bob@example.com>").expect("250 ");
            smtp.say("RCPT TO:<anna@example.org>").expect("250 ");
            smtp.say("DATA").expect("354 ");
            smtp.say("Subject: news\r\n\r\nHello.\r\n.").expect("250 ");
            smtp.say("QUIT").expect("221 ");
        }
    }
}
