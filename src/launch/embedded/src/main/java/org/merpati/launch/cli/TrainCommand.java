package org.merpati.launch.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Domains;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.MerpatiServer;
import picocli.CommandLine.Command;

/**
 * Runs a server for some seconds and has it take and give mail, so that the JVM can write down what a start and the first
 * messages need: classes, and from JDK 25 up which code is hot. The build's last step.
 */
@Command(name = "train", hidden = true, description = "Used by the build.")
final class TrainCommand implements Callable<Integer> {
    private static final String USER = "train@train.example";
    private static final String PASSWORD = "train";
    private static final int CONVERSATIONS = 4;
    private static final int MESSAGES_EACH = 20;

    TrainCommand() {}

    @Override
    public Integer call() throws IOException {
        Logging.toStandardError(Level.WARNING);
        try (var server = MerpatiServer.start(Map.of("auth.allow-plaintext", "true", "limits.enabled", "false"))) {
            addAccount(server);
            IntStream.range(0, CONVERSATIONS).parallel().forEach(n -> say(server.smtpPort(), deliveries()));
            IntStream.range(0, CONVERSATIONS).parallel().forEach(n -> say(server.imapPort(), fetches()));
            say(server.httpPort(), "GET /health/ready HTTP/1.0\r\n\r\n");
        }
        return 0;
    }

    private static void addAccount(MerpatiServer server) {
        var address = EmailAddress.parse(USER).orElseThrow();
        var password = new Passwords().hash(Secret.of(PASSWORD));
        server.door()
                .call(services -> services.get(Domains.class).add(address.domain()))
                .orThrow();
        server.door()
                .call(services -> services.get(Accounts.class).add(address, "", password))
                .orThrow();
    }

    private static String deliveries() {
        var message = "From: <train@train.example>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\n"
                + "A line of a message as long as most of them are.\r\n".repeat(60) + ".\r\n";
        return "EHLO localhost\r\n"
                + ("MAIL FROM:<train@train.example>\r\nRCPT TO:<" + USER + ">\r\nDATA\r\n" + message)
                        .repeat(MESSAGES_EACH)
                + "QUIT\r\n";
    }

    private static String fetches() {
        var text = new StringBuilder("a LOGIN " + USER + " " + PASSWORD + "\r\nb SELECT INBOX\r\n");
        for (int i = 1; i <= MESSAGES_EACH; i++) {
            text.append("c FETCH ").append(i).append(" BODY.PEEK[]\r\n");
        }
        return text.append("d FETCH 1:100 (UID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])\r\ne LOGOUT\r\n")
                .toString();
    }

    private static void say(int port, String text) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
