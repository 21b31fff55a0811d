package org.merpati.check.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A server driven through the {@code merpati} launcher, as an administrator would. */
final class ServerUnderTest {
    static final String DOMAIN = "bench.test";
    static final String PASSWORD = "secret";

    private final Path launcher;
    private final Path data;
    private final List<String> settings;
    private String status = "";

    /** @param settings key=value, on top of free ports and plaintext logins over loopback */
    ServerUnderTest(Path launcher, Path data, List<String> settings) {
        this.launcher = launcher;
        this.data = data;
        this.settings = settings;
    }

    void start() throws IOException {
        var command = new ArrayList<>(List.of("start"));
        for (var setting : List.of(
                "smtp.port=0",
                "submission.port=0",
                "submissions.port=0",
                "lmtp.port=0",
                "imap.port=0",
                "imaps.port=0",
                "http.port=0",
                "https.port=0",
                "auth.allow-plaintext=true",
                "limits.enabled=false")) {
            command.addAll(List.of("--set", setting));
        }
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        run(command);
        status = run(List.of("status", "--json"));
    }

    void stop() throws IOException {
        run(List.of("stop"));
    }

    void addAccounts(int count) throws IOException {
        run(List.of("domain", "add", DOMAIN));
        for (int i = 1; i <= count; i++) {
            run(List.of("account", "add", user(i), "--password", PASSWORD));
        }
    }

    static String user(int number) {
        return "user" + number + "@" + DOMAIN;
    }

    /** The port of a listener, from {@code status --json}. */
    int port(String listener) {
        var matcher = Pattern.compile("\"" + listener + "\":\\{[^}]*\"port\":([0-9]+)")
                .matcher(status);
        if (!matcher.find()) {
            throw new IllegalStateException("no port of " + listener + " in " + status);
        }
        return Integer.parseInt(matcher.group(1));
    }

    long pid() {
        var matcher = Pattern.compile("\"pid\":([0-9]+)").matcher(status);
        if (!matcher.find()) {
            throw new IllegalStateException("no pid in " + status);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** kill -9, and waits until the process is gone. */
    void kill() {
        ProcessHandle.of(pid()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    String run(List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(launcher.toString());
        command.addAll(arguments);
        command.addAll(List.of("--data", data.toString()));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(
                        "merpati " + arguments.getFirst() + " failed with " + process.exitValue() + "\n" + output);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return output;
    }
}
