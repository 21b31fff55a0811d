package org.merpati.check.conformance.jmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/** One account of a server. */
public final class Jmap {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String CORE = "urn:ietf:params:jmap:core";
    static final String MAIL = "urn:ietf:params:jmap:mail";
    static final String SUBMISSION = "urn:ietf:params:jmap:submission";
    static final String VACATION = "urn:ietf:params:jmap:vacationresponse";
    private static final List<String> USING = List.of(CORE, MAIL, SUBMISSION, VACATION);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI base;
    private final String user;
    private final String authorization;
    private final JsonNode session;
    private final String account;

    /** @param http trusts the server's certificate and follows redirects */
    public Jmap(HttpClient http, URI base, String user, String password) throws IOException {
        this.http = http;
        this.base = base;
        this.user = user;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        this.session = json(get("/.well-known/jmap"));
        this.account = session.at("/primaryAccounts").path(MAIL).asText();
    }

    String user() {
        return user;
    }

    String account() {
        return account;
    }

    JsonNode session() {
        return session;
    }

    /** The value of a capability for the account. */
    JsonNode capability(String uri) {
        return session.path("accounts")
                .path(account)
                .path("accountCapabilities")
                .path(uri);
    }

    JsonNode core() {
        return session.path("capabilities").path(CORE);
    }

    HttpResponse<byte[]> get(String address) throws IOException {
        return send(HttpRequest.newBuilder(base.resolve(address)).GET());
    }

    /** Without a name and a password. */
    HttpResponse<byte[]> anonymously(String method, String address) throws IOException {
        var request = HttpRequest.newBuilder(base.resolve(address))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        return sendAsIs(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A request to the API address, whatever it says. */
    HttpResponse<byte[]> post(String type, byte[] body) throws IOException {
        return send(HttpRequest.newBuilder(base.resolve(session.path("apiUrl").asText()))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A whole request, written as a {@link Call}'s arguments are. */
    HttpResponse<byte[]> request(String request, Object... values) throws IOException {
        return post("application/json", Call.fill(request, values).getBytes(UTF_8));
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        return sendAsIs(
                request.header("Authorization", authorization).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> sendAsIs(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The event source, read while it comes. */
    BufferedReader events(String types, String closeAfter, String ping) throws IOException {
        var address = expand(session.path("eventSourceUrl").asText(), "types", types);
        address = expand(expand(address, "closeafter", closeAfter), "ping", ping);
        var request = HttpRequest.newBuilder(base.resolve(address))
                .header("Authorization", authorization)
                .timeout(PATIENCE)
                .build();
        var response = sendAsIs(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    static String expand(String template, String variable, String value) {
        return template.replace(
                "{" + variable + "}", URLEncoder.encode(value, UTF_8).replace("+", "%20"));
    }

    static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    /** Calls whose ids are 0, 1, 2 and on, in one request. */
    Answers run(Call... calls) {
        return run(USING, calls);
    }

    Answers run(List<String> using, Call... calls) {
        var written = new ArrayList<String>();
        for (int i = 0; i < calls.length; i++) {
            var call = calls[i];
            var own =
                    call.arguments().contains("\"accountId\"") || call.method().startsWith("PushSubscription/")
                            ? Stream.<String>empty()
                            : Stream.of("\"accountId\":\"" + account + "\"");
            var arguments = Stream.concat(own, Stream.of(call.arguments()))
                    .filter(argument -> !argument.isEmpty())
                    .toList();
            written.add("[\"" + call.method() + "\",{" + String.join(",", arguments) + "},\"" + i + "\"]");
        }
        var body = "{\"using\":" + JSON.valueToTree(using) + ",\"methodCalls\":[" + String.join(",", written) + "]}";
        try {
            return new Answers(json(post("application/json", body.getBytes(UTF_8))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    HttpResponse<byte[]> uploadTo(String account, String type, byte[] octets) throws IOException {
        var address = expand(session.path("uploadUrl").asText(), "accountId", account);
        return send(HttpRequest.newBuilder(base.resolve(address))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(octets)));
    }

    /**
     * The whole answer, head and body, to an upload of which no more than the head is sent: an HTTP client that is still sending
     * its body may lose what comes before the end of it.
     */
    String announceUpload(long octets) throws IOException {
        var address = base.resolve(expand(session.path("uploadUrl").asText(), "accountId", account));
        boolean secret = address.getScheme().equals("https");
        int port = address.getPort() >= 0 ? address.getPort() : secret ? 443 : 80;
        var sockets = secret ? http.sslContext().getSocketFactory() : SocketFactory.getDefault();
        try (var socket = sockets.createSocket(address.getHost(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var head = "POST " + address.getRawPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                    + "\r\nAuthorization: " + authorization + "\r\nContent-Type: text/plain\r\nContent-Length: "
                    + octets
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    JsonNode upload(String type, byte[] octets) {
        try {
            return json(uploadTo(account, type, octets));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    HttpRequest.Builder downloading(String account, String blob, String name, String type) {
        var address = expand(session.path("downloadUrl").asText(), "accountId", account);
        address = expand(expand(expand(address, "blobId", blob), "name", name), "type", type);
        return HttpRequest.newBuilder(base.resolve(address)).GET();
    }

    HttpResponse<byte[]> download(String blob) throws IOException {
        return send(downloading(account, blob, "a.bin", "application/octet-stream"));
    }
}
