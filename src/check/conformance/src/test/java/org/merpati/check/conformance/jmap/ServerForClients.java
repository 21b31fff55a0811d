package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.merpati.launch.MerpatiServer;

/** The embedded server on loopback with one account. */
final class ServerForClients implements AutoCloseable {
    static final String ANI = "ani@example.org";
    static final String PASSWORD = "kata sandi";

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final MerpatiServer server;

    ServerForClients(Map<String, String> more) throws IOException {
        var settings = new HashMap<>(Map.of("auth.allow-plaintext", "true", "limits.enabled", "false"));
        settings.putAll(more);
        server = MerpatiServer.start(settings);
        administer("/api/domains", "{\"name\":\"example.org\"}");
        administer("/api/accounts", "{\"address\":\"" + ANI + "\",\"password\":\"" + PASSWORD + "\"}");
    }

    private void administer(String path, String json) throws IOException {
        var request = HttpRequest.newBuilder(base().resolve(path))
                .header("Authorization", "Bearer " + server.operatorToken().value())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(201);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.httpPort());
    }

    int imapPort() {
        return server.imapPort();
    }

    int smtpPort() {
        return server.smtpPort();
    }

    Jmap jmap() throws IOException {
        return new Jmap(http, base(), ANI, PASSWORD);
    }

    @Override
    public void close() {
        server.close();
    }
}
