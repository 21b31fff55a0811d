package org.merpati.launch.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.merpati.core.api.directory.OperatorToken;

/** Asks the running server's REST interface as its operator. What it refuses is a {@link Refused} with its own words. */
final class ApiClient {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int LONGEST_SILENCE_MILLIS = 600_000;
    private static final int READY_TIMEOUT_MILLIS = 5_000;
    private static final int LARGEST_ANSWER = 16 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final String base;
    private final OperatorToken token;

    private ApiClient(String base, OperatorToken token) {
        this.base = base;
        this.token = token;
    }

    /** The server on this data folder. */
    static ApiClient to(Path data) throws IOException {
        var run = RunFolder.in(data);
        var server = run.running()
                .orElseThrow(() -> new Refused("no server runs on " + data + "; `merpati start` starts one"));
        return new ApiClient(server.httpAddress(), run.token());
    }

    static boolean isReady(RunningServer server) throws IOException {
        var connection = open(server.httpAddress() + "/health/ready", READY_TIMEOUT_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }

    /** One segment of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) throws IOException {
        return send("GET", path, Map.of());
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException {
        return send("POST", path, body);
    }

    JsonNode put(String path, Map<String, ?> body) throws IOException {
        return send("PUT", path, body);
    }

    JsonNode put(String path, JsonNode body) throws IOException {
        return send("PUT", path, body);
    }

    /**
     * An answer that comes line by line, each a JSON object, as the server gets on with it.
     *
     * @throws IOException also when it ends before {@code last} says that a line was the last one
     */
    void lines(String path, JsonNode body, Predicate<JsonNode> last) throws IOException {
        var connection = open(base + "/api" + path, LONGEST_SILENCE_MILLIS);
        try {
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Authorization", "Bearer " + token.value());
            connection.setRequestProperty("Accept", "application/x-ndjson, application/problem+json");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (var out = connection.getOutputStream()) {
                out.write(JSON.writeValueAsBytes(body));
            }
            int status = connection.getResponseCode();
            if (status >= 300) {
                throw new Refused(problem(status, answer(connection, status)));
            }
            try (var in = connection.getInputStream();
                    var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
                while (lines.hasNextValue()) {
                    if (last.test(lines.nextValue())) {
                        return;
                    }
                }
            }
            throw new IOException("the server's answer ended early");
        } finally {
            connection.disconnect();
        }
    }

    void delete(String path) throws IOException {
        send("DELETE", path, Map.of());
    }

    private static HttpURLConnection open(String address, int timeout) throws IOException {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(timeout);
        connection.setReadTimeout(timeout);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    /** @param body an object for JSON; empty: none */
    private JsonNode send(String method, String path, Object body) throws IOException {
        var connection = open(base + "/api" + path, TIMEOUT_MILLIS);
        try {
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", "Bearer " + token.value());
            connection.setRequestProperty("Accept", "application/json, application/problem+json");
            if (!body.equals(Map.of())) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (var out = connection.getOutputStream()) {
                    out.write(JSON.writeValueAsBytes(body));
                }
            }
            int status = connection.getResponseCode();
            var answer = answer(connection, status);
            if (status >= 300) {
                throw new Refused(problem(status, answer));
            }
            return answer;
        } finally {
            connection.disconnect();
        }
    }

    private static JsonNode answer(HttpURLConnection connection, int status) throws IOException {
        try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            var bytes = in == null ? new byte[0] : in.readNBytes(LARGEST_ANSWER);
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** RFC 9457 §3.1. */
    private static String problem(int status, JsonNode answer) {
        var detail = answer.path("detail").asText("");
        var title = answer.path("title").asText("");
        var said = detail.isEmpty() ? title : detail;
        return said.isEmpty() ? "the server answered with HTTP status " + status : said;
    }
}
