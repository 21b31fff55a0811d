package org.merpati.launch.clients;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.merpati.launch.MerpatiServer;
import org.merpati.launch.TrustingTls;

/** The server of these tests: one for all of them, each with an account of its own. */
final class MailHouse {
    static final String PASSWORD = "four-Words-7";

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    private final MerpatiServer server;

    private MailHouse(MerpatiServer server) {
        this.server = server;
    }

    /** Starts the server at the first call; it ends with this JVM. */
    static MailHouse shared() {
        return Shared.HOUSE;
    }

    private static final class Shared {
        static final MailHouse HOUSE = start();

        private static MailHouse start() {
            try {
                var server = MerpatiServer.start(Map.of("auth.allow-plaintext", "true", "limits.enabled", "false"));
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                var house = new MailHouse(server);
                house.post("/api/domains", "{\"name\":\"example.org\"}");
                return house;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /** A new account with an empty INBOX; the address begins with the name. */
    String account(String name) throws IOException {
        var address = name + ACCOUNTS.incrementAndGet() + "@example.org";
        post("/api/accounts", "{\"address\":\"" + address + "\",\"password\":\"" + PASSWORD + "\"}");
        return address;
    }

    int port(Security security) {
        return security.tls() ? server.imapsPort() : server.imapPort();
    }

    int httpPort() {
        return server.httpPort();
    }

    int smtpPort() {
        return server.smtpPort();
    }

    Imap imap(String address) throws IOException {
        return new Imap(server.imapPort(), address);
    }

    X509Certificate certificate() throws IOException, GeneralSecurityException {
        try (var socket = (SSLSocket) TrustingTls.connect(server.imapsPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** As a client's file of certificates to trust has it. */
    String pem() throws IOException, GeneralSecurityException {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN CERTIFICATE-----\n"
                + lines.encodeToString(certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private void post(String path, String json) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                .header("Authorization", "Bearer " + server.operatorToken().value())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 201) {
                throw new IOException(path + " answered " + status);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
