package org.merpati.launch.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thunderbird without a screen, signed in to an account. What is done in it is said by the verbs of {@code thunderbird.js} of
 * the tests' resources. A later one with the same home goes on with what the earlier one had.
 */
final class Thunderbird implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final int SHOWN = 60;

    private final Path profile;
    private final Process process;
    private final Marionette marionette;

    private Thunderbird(Path profile, Process process, Marionette marionette) {
        this.profile = profile;
        this.process = process;
        this.marionette = marionette;
    }

    /** @param condstore whether it asks for what has changed since it last asked, which it does not do by default */
    static Thunderbird start(Program program, MailHouse house, String address, Security security, boolean condstore)
            throws Exception {
        var profile = Files.createDirectories(program.home().resolve("profile"));
        var port = profile.resolve("MarionetteActivePort");
        Files.deleteIfExists(port);
        var preferences = resource("thunderbird-user.js")
                .replace("@USER@", address)
                .replace("@PORT@", Integer.toString(house.port(security)))
                .replace("@SOCKET@", security.tls() ? "3" : "0")
                .replace("@CONDSTORE@", Boolean.toString(condstore));
        Files.writeString(profile.resolve("user.js"), preferences);
        var log = profile.resolve("imap.log");
        var output = program.home().resolve("output.log");
        var process = program.start(
                output,
                List.of(
                        "--headless",
                        "--marionette",
                        "-remote-allow-system-access",
                        "--no-remote",
                        "--profile",
                        profile.toString(),
                        "-MOZ_LOG=IMAP:4,sync",
                        "-MOZ_LOG_FILE=" + log));
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!Files.exists(port) || Files.size(port) == 0) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw new AssertionError("Thunderbird does not start: " + Files.readString(output));
                }
            }
            var marionette =
                    new Marionette(Integer.parseInt(Files.readString(port).strip()));
            var started = new Thunderbird(profile, process, marionette);
            var certificate =
                    Base64.getEncoder().encodeToString(house.certificate().getEncoded());
            started.call("signIn", MailHouse.PASSWORD, security.tls() ? certificate : "");
            return started;
        } catch (Exception | AssertionError e) {
            kill(process);
            throw e;
        }
    }

    /**
     * Does it, which does not say that the server has heard of it.
     *
     * @throws AssertionError with the end of what was said, where Thunderbird does not do it
     */
    JsonNode call(String verb, Object... arguments) throws IOException {
        try {
            return marionette.run(resource("thunderbird.js") + "\nreturn verbs." + verb + "(...given);", arguments);
        } catch (IOException e) {
            var said = said("(SendData|CreateNewLineFromSocket): .*");
            throw new AssertionError(
                    verb + " " + List.of(arguments) + " after\n"
                            + String.join("\n", said.subList(Math.max(0, said.size() - SHOWN), said.size())),
                    e);
        }
    }

    /** What it has downloaded, by the mailboxes' names, after it has asked the server. */
    SortedMap<String, List<Held>> state(Function<byte[], String> form) throws IOException {
        var state = new TreeMap<String, List<Held>>();
        for (var mailbox : call("everything").properties()) {
            var messages = new ArrayList<Held>();
            for (var message : mailbox.getValue()) {
                var flags = new ArrayList<String>();
                message.path("flags").forEach(flag -> flags.add(flag.asText()));
                messages.add(Held.of(form.apply(octets(message.path("octets"))), flags));
            }
            state.put(mailbox.getKey(), messages.stream().sorted().toList());
        }
        return state;
    }

    /** Of a text with one character an octet. */
    static byte[] octets(JsonNode text) {
        return text.asText().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The server's answers to it so far that were not OK. */
    List<String> refusals() throws IOException {
        return said("CreateNewLineFromSocket: (\\* BAD|\\d+ NO|\\d+ BAD) .*");
    }

    private List<String> said(String pattern) throws IOException {
        var matcher = Pattern.compile(pattern);
        try (var lines = Files.lines(profile.resolve("imap.log.moz_log"), StandardCharsets.ISO_8859_1)) {
            return lines.map(matcher::matcher)
                    .filter(Matcher::find)
                    .map(Matcher::group)
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        try (marionette) {
            marionette.quit();
            awaitEnd(process);
        } finally {
            kill(process);
        }
    }

    private static void awaitEnd(Process process) {
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd(process); // nothing writes into the home any more
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(Thunderbird.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
