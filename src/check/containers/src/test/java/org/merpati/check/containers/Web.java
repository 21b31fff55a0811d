package org.merpati.check.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** HTTPS, with or without a name and a password. */
final class Web {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static {
        // certificates here are for other names; the JDK's client reads this once
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    }

    private final HttpClient client = client();
    private final Optional<String> authorization;

    /** One that takes any certificate and follows redirects. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(TrustAll.context())
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** Nobody. */
    Web() {
        authorization = Optional.empty();
    }

    Web(String user, String password) {
        authorization = Optional.of("Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    HttpResponse<byte[]> get(URI address) throws IOException {
        return send(HttpRequest.newBuilder(address).GET());
    }

    HttpResponse<byte[]> post(URI address, String json) throws IOException {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<byte[]> put(URI address, String json) throws IOException {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The answer as JSON; throws when its status is not 2xx. */
    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response.uri() + " answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body());
    }

    /** An answer that is read while it comes. */
    BufferedReader lines(URI address) throws IOException {
        try {
            var request = HttpRequest.newBuilder(address).timeout(PATIENCE).GET();
            authorization.ifPresent(value -> request.header("Authorization", value));
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The status, or 0 when nobody answers. */
    int status(URI address) {
        try {
            return get(address).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            authorization.ifPresent(value -> request.header("Authorization", value));
            return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
