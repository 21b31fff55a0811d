package org.merpati.check.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A device without keys and its push service in one, over HTTPS on loopback. */
final class PushDevice implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private record Push(String json, long at) {}

    private final HttpsServer service;
    private final Path certificate;
    private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();

    PushDevice(Path folder) throws IOException {
        try {
            var store = keys(folder.resolve("device.p12"));
            certificate = folder.resolve("device.pem");
            var encoded = store.getCertificate("device").getEncoded();
            var text = Base64.getMimeEncoder().encodeToString(encoded);
            Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            service = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            service.setHttpsConfigurator(new HttpsConfigurator(context));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        service.createContext("/", this::take);
        service.start();
    }

    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
        var command = Path.of(System.getProperty("java.home"), "bin", "keytool")
                + " -genkeypair -alias device -keyalg EC -groupname secp256r1 -dname CN=localhost"
                + " -ext san=dns:localhost,ip:127.0.0.1 -validity 30 -storetype PKCS12 -storepass changeit -keystore";
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.add(file.toString());
        var process = new ProcessBuilder(words).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var json = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            pushes.add(new Push(json, System.nanoTime()));
            exchange.sendResponseHeaders(201, -1);
        }
    }

    Path certificate() {
        return certificate;
    }

    /** Subscribes to Email, and shows that it gets what is pushed. */
    void subscribe(ServerUnderTest server) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var url = "https://localhost:" + service.getAddress().getPort() + "/";
            var made = set(
                    http,
                    server,
                    "\"create\":{\"s\":{\"deviceClientId\":\"bench\",\"url\":\"" + url + "\",\"types\":[\"Email\"]}}");
            var id = field(made, "id");
            var code = field(json(), "verificationCode");
            set(http, server, "\"update\":{\"" + id + "\":{\"verificationCode\":\"" + code + "\"}}");
        }
    }

    private static String set(HttpClient http, ServerUnderTest server, String arguments)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + server.port("http") + "/jmap/api");
        var json = "{\"using\":[\"urn:ietf:params:jmap:core\"],\"methodCalls\":[[\"PushSubscription/set\",{" + arguments
                + "},\"s\"]]}";
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", Listener.authorization())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        var answer = http.send(request, BodyHandlers.ofString()).body();
        if (answer.contains("\"notCreated\":{")
                || answer.contains("\"notUpdated\":{")
                || answer.contains("\"error\"")) {
            throw new IOException(answer);
        }
        return answer;
    }

    private static String field(String json, String name) throws IOException {
        var matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!matcher.find()) {
            throw new IOException("no " + name + " in " + json);
        }
        return matcher.group(1);
    }

    private Push push() throws InterruptedException {
        var push = pushes.poll(30, TimeUnit.SECONDS);
        if (push == null) {
            throw new IllegalStateException("no push came for 30 s");
        }
        return push;
    }

    private String json() throws InterruptedException {
        return push().json();
    }

    /** When the next push came. */
    long next() throws InterruptedException {
        return push().at();
    }

    @Override
    public void close() {
        service.stop(0);
    }
}
