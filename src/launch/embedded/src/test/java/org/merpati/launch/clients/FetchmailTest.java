package org.merpati.launch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** fetchmail, which takes mail away. It adds a field to the header, so that texts are compared. */
class FetchmailTest {
    private static final int NO_MAIL = 1;

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void mailIsFetchedLeftAndTakenAway(Security security) throws Exception {
        var fetchmail = Program.installed("fetchmail", "fetchmail", home);
        var house = MailHouse.shared();
        var address = house.account("fetch");
        var letters = Letters.of("fetch", 15);
        try (var imap = house.imap(address)) {
            for (var letter : letters) {
                imap.append("INBOX", "", letter);
            }
            var texts = letters.stream().map(Letters::body).sorted().toList();
            fetchmail.file("rc", configuration(house, address, security, "fetchall keep"));
            run(fetchmail).orFail();
            assertThat(fetched()).isEqualTo(texts);
            assertThat(imap.messages("INBOX", Letters::exact))
                    .hasSize(15)
                    .allSatisfy(held -> assertThat(held.flags()).contains("\\seen"));

            fetchmail.file("rc", configuration(house, address, security, "keep"));
            assertThat(run(fetchmail).code()).as("nothing is new").isEqualTo(NO_MAIL);

            fetchmail.file("rc", configuration(house, address, security, "fetchall nokeep"));
            run(fetchmail).orFail();
            assertThat(fetched()).isEqualTo(texts);
            assertThat(imap.messages("INBOX", Letters::exact)).isEmpty();
        }
    }

    @Test
    void oneThatIdlesFetchesWhatIsDelivered() throws Exception {
        var fetchmail = Program.installed("fetchmail", "fetchmail", home);
        var house = MailHouse.shared();
        var address = house.account("fetch");
        fetchmail.file("rc", configuration(house, address, Security.TLS, "idle nokeep folder INBOX"));
        mda();
        var process = new ProcessBuilder("stdbuf", "-oL", "fetchmail", "-f", "rc", "-v", "--pidfile", "pid")
                .directory(home.toFile())
                .redirectErrorStream(true);
        process.environment().put("HOME", home.toString());
        process.environment().put("LC_ALL", "C");
        var running = process.start();
        try (var said = running.inputReader(StandardCharsets.UTF_8)) {
            until(said, ".*> A[0-9]+ IDLE.*");
            deliver(house, address);
            until(said, ".* flushed.*");
            until(said, ".*> A[0-9]+ IDLE.*"); // it has expunged
        } finally {
            running.destroyForcibly();
        }
        assertThat(fetched()).singleElement().asString().contains("Wake up.");
        try (var imap = house.imap(address)) {
            assertThat(imap.messages("INBOX", Letters::exact)).isEmpty();
        }
    }

    private static void until(BufferedReader said, String line) throws Exception {
        var heard = new StringBuilder();
        CompletableFuture.runAsync(() -> {
                    try {
                        for (var next = said.readLine(); next != null; next = said.readLine()) {
                            heard.append(next).append('\n');
                            if (next.matches(line)) {
                                return;
                            }
                        }
                        throw new AssertionError("ended without " + line + ":\n" + heard);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .get(30, TimeUnit.SECONDS);
    }

    private static void deliver(MailHouse house, String address) throws IOException {
        try (var smtp = new Socket(InetAddress.getLoopbackAddress(), house.smtpPort())) {
            var in =
                    new BufferedReader(new java.io.InputStreamReader(smtp.getInputStream(), StandardCharsets.US_ASCII));
            in.readLine();
            for (var line : List.of(
                    "HELO localhost",
                    "MAIL FROM:<bob@example.net>",
                    "RCPT TO:<" + address + ">",
                    "DATA",
                    "Subject: wake\r\n\r\nWake up.\r\n.",
                    "QUIT")) {
                smtp.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).as(line).matches("[23].*");
            }
        }
    }

    private Program.Ended run(Program fetchmail) throws IOException, InterruptedException {
        mda();
        return fetchmail.run("-f", "rc", "-v", "--pidfile", "pid");
    }

    /** What takes each message: it becomes a file. */
    private void mda() throws IOException {
        var script = home.resolve("mda");
        Files.writeString(script, "#!/bin/sh\ncat > $(mktemp " + home + "/got.XXXXXX)\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    /** The texts of what was fetched since the last look. */
    private List<String> fetched() throws IOException {
        var texts = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(home, "got.*")) {
            for (var file : files) {
                texts.add(Letters.body(Files.readAllBytes(file)));
                Files.delete(file);
            }
        }
        return texts.stream().sorted().toList();
    }

    private String configuration(MailHouse house, String address, Security security, String options) {
        return """
                set no syslog
                poll 127.0.0.1 protocol imap service %d user "%s" password "%s" mda "%s/mda" %s %s no rewrite
                """.formatted(
                        house.port(security),
                        address,
                        MailHouse.PASSWORD,
                        home,
                        security.tls() ? "ssl sslproto \"auto\" no sslcertck" : "sslproto \"\"",
                        options);
    }
}
