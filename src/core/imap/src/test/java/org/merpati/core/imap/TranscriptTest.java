package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays {@code src/test/transcripts/*.imap}: whole, byte by byte, and cut at random places.
 *
 * <p>{@code A C:} is what client A sends, {@code A S:} the one line it must get next, where {@code …} stands for anything and
 * {@code $name} for the same word each time, also where a client sends it, and the line {@code ⋮}
 * for any number of untagged lines before the one after it; {@code A END} says that the server closes. {@code ! deliver MAILBOX subject}
 * delivers a message, {@code ! post MAILBOX file} that one; {@code ! quota OCTETS} limits her mail,
 * {@code ! spool full} and {@code ! spool well} the disk; {@code ! limit account 2} lets the account have
 * that many messages and as many times 10 KB, {@code ! limit domain 2} its domain; {@code ! starttls A} makes a connection that can
 * become TLS, {@code ! far A} one from elsewhere, {@code ! tls A} makes A's connection a TLS one. Whatever is not expected fails.
 */
final class TranscriptTest {
    private enum Cut {
        WHOLE,
        BYTES,
        RANDOM
    }

    @TestFactory
    Stream<DynamicTest> transcripts() throws IOException {
        try (var files = Files.list(Path.of("src/test/transcripts"))) {
            var sorted = files.filter(file -> file.toString().endsWith(".imap"))
                    .sorted()
                    .toList();
            assertThat(sorted).isNotEmpty();
            return sorted.stream()
                    .flatMap(file -> Arrays.stream(Cut.values())
                            .map(cut -> DynamicTest.dynamicTest(
                                    file.getFileName() + " " + cut, () -> new Replay(file, cut).run())));
        }
    }

    private static final Pattern NAME = Pattern.compile("\\$([a-z]+)");

    private static final class Replay {
        private final List<String> lines;
        private final Cut cut;
        private final Random random;
        private final RealHouse house = RealHouse.HOUSE.empty();
        private final ImapProtocol protocol = house.protocol();
        private final Map<String, MemoryConnection> connections = new HashMap<>();
        private final Map<String, String> captures = new HashMap<>();
        private int at;
        private boolean passOver;

        Replay(Path file, Cut cut) throws IOException {
            this.lines = Files.readAllLines(file);
            this.cut = cut;
            this.random = new Random(file.getFileName().toString().hashCode());
        }

        void run() {
            while (at < lines.size()) {
                var line = lines.get(at++);
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith("! ")) {
                    direct(line.substring(2));
                    continue;
                }
                var name = line.substring(0, 1);
                var connection = connections.computeIfAbsent(name, n -> new MemoryConnection(protocol));
                if (line.startsWith(name + " C:")) {
                    send(connection, name, line);
                } else if (line.startsWith(name + " S:")) {
                    expect(connection, line.length() > 5 ? line.substring(5) : "");
                } else if (line.equals(name + " END")) {
                    assertThat(connection.line()).as(connection::transcript).isNull();
                } else {
                    fail("line " + at + " is no line of a transcript: " + line);
                }
            }
            connections.values().forEach(connection -> {
                connection.close();
                assertThat(connection.line()).as(connection::transcript).isNull();
                assertThat(connection.failure).as(connection::transcript).isNull();
            });
            assertThat(house.watchers()).isZero();
            assertThat(house.spool.open).hasValue(0);
        }

        private void direct(String line) {
            var words = line.split(" ", 3);
            switch (words[0]) {
                case "deliver" -> house.deliver(words[1], words[2]);
                case "post" -> house.deliver(words[1], words[2], message(words[2]));
                case "quota" -> house.quota(Long.parseLong(words[1]));
                case "spool" -> house.spool.full = words[1].equals("full");
                case "limit" -> house.limit(words[1], Integer.parseInt(words[2]));
                case "tls" -> connections.put(words[1], new MemoryConnection(protocol, true, "192.0.2.1"));
                case "starttls" -> connections.put(words[1], MemoryConnection.offeringTls(protocol));
                case "far" -> connections.put(words[1], new MemoryConnection(protocol, false, "192.0.2.1"));
                default -> fail("line " + at + ": " + line);
            }
        }

        /** A message that lies beside the transcripts, its lines ended as mail's are. */
        private static byte[] message(String file) {
            try {
                return Files.readString(Path.of("src/test/transcripts", file))
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Lines that a client sends without waiting arrive together. */
        private void send(MemoryConnection connection, String name, String first) {
            var text = new StringBuilder(text(first));
            while (at < lines.size() && lines.get(at).startsWith(name + " C:")) {
                text.append(text(lines.get(at++)));
            }
            byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < octets.length; ) {
                int to = switch (cut) {
                    case WHOLE -> octets.length;
                    case BYTES -> from + 1;
                    case RANDOM -> Math.min(octets.length, from + 1 + random.nextInt(20));
                };
                connection.send(Arrays.copyOfRange(octets, from, to));
                from = to;
            }
        }

        /** A captured name stands for what it has captured. */
        private String text(String line) {
            var text = line.length() > 5 ? line.substring(5) : "";
            return NAME.matcher(text)
                            .replaceAll(name ->
                                    Matcher.quoteReplacement(captures.getOrDefault(name.group(1), name.group())))
                    + "\r\n";
        }

        private void expect(MemoryConnection connection, String expected) {
            if (expected.equals("⋮")) {
                passOver = true;
                return;
            }
            var line = connection.line();
            var matcher = pattern(expected).matcher(line == null ? "(closed)" : line);
            while (passOver && line != null && line.startsWith("* ") && !matcher.matches()) {
                line = connection.line();
                matcher = pattern(expected).matcher(line == null ? "(closed)" : line);
            }
            passOver = false;
            if (!matcher.matches()) {
                fail("line " + at + ": expected " + expected + "\n but got " + line + "\n" + connection.transcript());
            }
            for (var name : matcher.namedGroups().keySet()) {
                captures.put(name, matcher.group(name));
            }
        }

        private Pattern pattern(String expected) {
            var regex = new StringBuilder();
            Matcher special = Pattern.compile("…|\\$([a-z]+)").matcher(expected);
            int from = 0;
            while (special.find()) {
                regex.append(Pattern.quote(expected.substring(from, special.start())));
                var name = special.group(1);
                if (name == null) {
                    regex.append(".*");
                } else if (captures.containsKey(name)) {
                    regex.append(Pattern.quote(captures.get(name)));
                } else {
                    regex.append("(?<").append(name).append(">[^ \\])]+)");
                }
                from = special.end();
            }
            return Pattern.compile(regex + Pattern.quote(expected.substring(from)));
        }
    }
}
