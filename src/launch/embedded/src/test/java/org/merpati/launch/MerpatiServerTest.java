package org.merpati.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.config.ConfigException;

class MerpatiServerTest {
    private static final String ADDRESS = "anna@example.org";
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;

    @Test
    void aMessageComesInOverSmtpAndIsReadOverImapsAlsoAfterARestart() throws Exception {
        try (var server = MerpatiServer.start(folder)) {
            assertThat(server.adminPassword()).isPresent();
            addAnna(server);
            deliver(server, "Subject: Hello\r\n\r\nFirst light.\r\n");
            assertThat(readFirst(server)).contains("Subject: Hello").contains("First light.");
        }
        try (var server = MerpatiServer.start(folder)) {
            assertThat(server.adminPassword())
                    .as("there is an administrator already")
                    .isEmpty();
            assertThat(readFirst(server)).contains("First light.");
        }
    }

    @Test
    void twoServersInOneJvmKnowNothingOfOneAnother() throws Exception {
        try (var one = MerpatiServer.start(Map.of());
                var two = MerpatiServer.start(Map.of())) {
            addAnna(one);
            addAnna(two);
            deliver(one, "Subject: one\r\n\r\nFor the first.\r\n");
            deliver(two, "Subject: two\r\n\r\nFor the second.\r\n");
            assertThat(readFirst(one)).contains("For the first.").doesNotContain("second");
            assertThat(readFirst(two)).contains("For the second.").doesNotContain("first.");
            assertThat(status(
                            two, "/api/domains", "Bearer " + one.operatorToken().value()))
                    .as("one's token at the other")
                    .isEqualTo(403);
            assertThat(status(
                            two, "/api/domains", "Bearer " + two.operatorToken().value()))
                    .isEqualTo(200);
        }
    }

    @Test
    void aFolderInUseIsRefused() throws Exception {
        try (var server = MerpatiServer.start(folder)) {
            assertThat(server.smtpPort()).isPositive();
            assertThatThrownBy(() -> MerpatiServer.start(folder)).hasMessageContaining("data folder");
        }
    }

    @Test
    void aPortInUseIsSaidWithItsSettingAndFreesTheFolder() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = Map.of("data", folder.toString(), "https.port", Integer.toString(taken.getLocalPort()));
            assertThatThrownBy(() -> MerpatiServer.start(settings))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("https.port");
        }
        try (var server = MerpatiServer.start(folder)) {
            assertThat(status(server, "/health/ready", "")).isEqualTo(200);
        }
    }

    @Test
    void theTemporaryFolderGoesWithItsServer() throws Exception {
        Path data;
        try (var server = MerpatiServer.start(Map.of())) {
            data = Path.of(server.config()
                    .entry(org.merpati.core.api.config.Settings.DATA)
                    .text());
            assertThat(data).isDirectory();
        }
        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void aSetPasswordIsTheFirstAdministrators() throws Exception {
        var settings = Map.of("admin.password", "let me in", "auth.allow-plaintext", "true");
        try (var server = MerpatiServer.start(settings)) {
            assertThat(server.adminPassword()).isEmpty();
            assertThat(status(server, "/api/domains", basic("admin", "let me in")))
                    .isEqualTo(200);
            assertThat(status(server, "/api/domains", basic("admin", "let me out")))
                    .isEqualTo(401);
        }
    }

    @Test
    void aWrongSettingIsRefusedByName() {
        assertThatThrownBy(() -> MerpatiServer.start(Map.of("smtp.prot", "25")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("smtp.prot");
    }

    @Test
    void aVolatileDatabaseIsRefused() {
        assertThatThrownBy(() -> MerpatiServer.start(Map.of("database.url", "jdbc:h2:mem:nothing")))
                .hasMessageContaining("store.volatile");
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static int status(MerpatiServer server, String path, String authorization) throws IOException {
        return connect(server, path, authorization).getResponseCode();
    }

    private static HttpURLConnection connect(MerpatiServer server, String path, String authorization)
            throws IOException {
        var url = URI.create("http://127.0.0.1:" + server.httpPort() + path).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        if (!authorization.isEmpty()) {
            connection.setRequestProperty("Authorization", authorization);
        }
        return connection;
    }

    private static void addAnna(MerpatiServer server) throws IOException {
        post(server, "/api/domains", "{\"name\":\"example.org\"}");
        post(server, "/api/accounts", "{\"address\":\"" + ADDRESS + "\",\"password\":\"" + PASSWORD + "\"}");
    }

    private static void post(MerpatiServer server, String path, String json) throws IOException {
        var connection =
                connect(server, path, "Bearer " + server.operatorToken().value());
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        assertThat(connection.getResponseCode()).isEqualTo(201);
    }

    private static void deliver(MerpatiServer server, String message) throws IOException {
        try (var smtp = new Dialogue(new Socket(InetAddress.getLoopbackAddress(), server.smtpPort()))) {
            smtp.expect("220 ");
            smtp.say("HELO localhost").expect("250 ");
            smtp.say("MAIL FROM:<bob@example.com>").expect("250 ");
            smtp.say("RCPT TO:<" + ADDRESS + ">").expect("250 ");
            smtp.say("DATA").expect("354 ");
            smtp.say(message + ".").expect("250 ");
            smtp.say("QUIT").expect("221 ");
        }
    }

    private static String readFirst(MerpatiServer server) throws Exception {
        try (var imap = new Dialogue(TrustingTls.connect(server.imapsPort()))) {
            imap.expect("* OK");
            imap.say("a LOGIN " + ADDRESS + " \"" + PASSWORD + "\"").expect("a OK");
            imap.say("b SELECT INBOX").expect("b OK");
            var message = imap.say("c UID FETCH 1:* BODY.PEEK[]").expect("c OK");
            imap.say("d LOGOUT").expect("d OK");
            return message;
        }
    }
}
