package org.merpati.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.directory.OperatorToken;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.session.ListenerInfo;
import org.merpati.launch.MerpatiServer;

class CommandLineTest {
    private static final OperatorToken TOKEN = new OperatorToken("0123456789abcdef0123456789abcdef");

    @TempDir
    Path data;

    private record Result(int code, String out, String err) {}

    private Result run(String... arguments) {
        return runAsIs(Stream.concat(Arrays.stream(arguments), Stream.of("--data", data.toString())));
    }

    private static Result runAsIs(Stream<String> arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private void leftOver(long pid, long started) throws IOException {
        var listeners = List.of(new ListenerInfo("smtp", "127.0.0.1", 2525, "none"));
        RunFolder.in(data)
                .announce(new RunningServer(pid, started, "1", data.toString(), listeners, List.of("pop3")), TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "stop",
                "status",
                "domain",
                "account",
                "check",
                "config",
                "mime",
                "domain add",
                "account add",
                "mime build"
            })
    void everyCommandExplainsItself(String command) {
        var help = runAsIs(Stream.concat(Arrays.stream(command.split(" ", -1)), Stream.of("--help")));
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: merpati " + command);
    }

    @Test
    void statusOfNoServerIsDownAndFails() {
        assertThat(run("status").code()).isEqualTo(1);
        var json = run("status", "--json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.out()).startsWith("{\"up\":false,\"data\":\"" + data);
    }

    @Test
    void stoppingNoServerSucceeds() {
        assertThat(run("stop").code()).isZero();
    }

    @Test
    void whatAKilledServerLeftIsNoServer() throws IOException {
        leftOver(Long.MAX_VALUE, 1);
        assertThat(RunFolder.in(data).running()).isEmpty();
        assertThat(run("stop").code()).isZero();
    }

    @Test
    void anotherProcessWithTheSamePidIsNoServerAndIsNotStopped() throws IOException {
        leftOver(ProcessHandle.current().pid(), 1);
        assertThat(RunFolder.in(data).running()).isEmpty();
        assertThat(run("stop").code()).isZero();
    }

    @Test
    void whatIsLeftForTheCommandLineIsForItsOwnerAlone() throws IOException {
        leftOver(1, 1);
        for (var name : List.of("token", "server.json")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve("run").resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aFirstPasswordIsTakenOnce() throws IOException {
        var run = RunFolder.in(data);
        run.leavePassword("once");
        assertThat(run.takePassword()).contains("once");
        assertThat(run.takePassword()).isEmpty();
    }

    @Test
    void configMasksSecretsAndNamesSources() {
        var config = run("config", "--set", "admin.password=hush", "--set", "smtp.port=25");
        assertThat(config.code()).isZero();
        assertThat(config.out())
                .contains("admin.password = ********  (--set)")
                .contains("smtp.port = 25  (--set)")
                .contains("imap.port = 2143  (default)")
                .doesNotContain("hush");
        var named = run(
                "config", "--set", "listener.mx2.protocol=smtp", "--set", "listener.mx2.port=26", "--set", "bind=::1");
        assertThat(named.out())
                .contains("listener.mx2.port = 26  (--set)")
                .contains("listener.mx2.tls = starttls  (default)")
                .contains("listener.mx2.bind = ::1  (bind)")
                .contains("listener.lmtp.bind = 127.0.0.1  (default)");
    }

    @Test
    void anUnknownSettingIsAUsageError() {
        var config = run("config", "--set", "smtp.prot=25");
        assertThat(config.code()).isEqualTo(2);
        assertThat(config.err()).contains("unknown setting smtp.prot").contains("smtp.port");
    }

    @Test
    void administrationWithoutAServerSaysHowToStartOne() {
        for (var command : List.of(List.of("domain", "add", "example.org"), List.of("check"))) {
            var answer = run(command.toArray(String[]::new));
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err()).contains("no server runs on " + data).contains("merpati start");
        }
    }

    @Test
    void commandsAdministerTheServerThatRuns() throws IOException {
        try (var server = MerpatiServer.start(Map.of())) {
            RunFolder.in(data).announce(RunningServer.here(server, data), server.operatorToken());

            var status = run("status", "--json");
            assertThat(status.code()).isZero();
            assertThat(status.out())
                    .startsWith(
                            "{\"up\":true,\"pid\":" + ProcessHandle.current().pid())
                    .contains("\"smtp\":{\"address\":\"127.0.0.1\",\"port\":" + server.smtpPort()
                            + ",\"tls\":\"starttls\"}")
                    .contains("\"submission\":{\"address\":\"127.0.0.1\",\"port\":" + server.submissionPort())
                    .contains("\"submissions\":{\"address\":\"127.0.0.1\",\"port\":" + server.submissionsPort())
                    .contains("\"lmtp\":{\"address\":\"127.0.0.1\",\"port\":" + server.lmtpPort())
                    .contains("\"pop3\":{\"absent\":true}");

            assertThat(run("domain", "add", "Example.org").out()).isEqualTo("added example.org\n");
            assertThat(run("domain", "add", "example.org").err()).contains("already");
            assertThat(run("account", "add", "anna@example.org", "--password", "x", "--name", "Anna")
                            .out())
                    .isEqualTo("added anna@example.org\n");
            assertThat(run("account", "add", "bo@example.org", "--password", "").code())
                    .as("an empty password")
                    .isNotZero();
            assertThat(run("account", "list").out()).isEqualTo("anna@example.org  Anna\n");
            assertThat(run("account", "list", "example.com").out()).isEmpty();
            assertThat(run("account", "show", "anna@example.org").out()).contains("name: Anna");
            assertThat(run("account", "set-password", "anna@example.org", "--password", "y")
                            .code())
                    .isZero();
            var checked = run("check", "--deep");
            assertThat(checked.out()).isEqualTo("1 accounts, 0 messages, 0 blobs checked: 0 findings, 0 repaired\n");
            assertThat(checked.code()).isZero();
            server.door().call(CommandLineTest::miscount).orThrow();
            var broken = run("check");
            assertThat(broken.code()).isEqualTo(1);
            assertThat(broken.out())
                    .startsWith("mailbox-counter: anna@example.org: messages of INBOX: expected 0, found 7\n")
                    .endsWith("1 accounts, 0 messages, 0 blobs checked: 1 findings, 0 repaired\n");
            var repaired = run("check", "--repair", "--json");
            assertThat(repaired.code()).isZero();
            assertThat(repaired.out()).contains("\"repaired\":true").contains("\"summary\":{\"accounts\":1,");
            assertThat(run("check").code()).isZero();
            assertThat(run("domain", "remove", "example.org").err()).contains("accounts");
            assertThat(run("account", "remove", "anna@example.org").code()).isZero();
            assertThat(run("domain", "remove", "example.org").code()).isZero();
            assertThat(run("domain", "list").out()).isEmpty();

            assertThat(run("start").out()).startsWith("runs already");
        }
    }

    private static int miscount(Services services) {
        try (var connection = services.get(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate("update mailbox set messages = 7 where name = 'INBOX'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
