package org.merpati.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.merpati.core.api.session.StoppingException;
import org.merpati.core.smtp.ScriptedConnection.Event;
import org.merpati.core.smtp.Transcript.Step;

/** Every conversation in {@code src/test/transcripts}, its octets cut in four ways. */
class TranscriptTest {
    /** Cuts what the client sends into what single reads give. */
    private enum Cut {
        /** Piece by piece: before the next one is read, everything expected so far must have been sent. */
        IN_TURN,
        WHOLE,
        OCTETS,
        RANDOM
    }

    @TestFactory
    Stream<DynamicTest> conversations() throws IOException {
        List<Path> files;
        try (var all = Files.list(Path.of("src/test/transcripts"))) {
            files = all.sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .flatMap(file -> Arrays.stream(Cut.values())
                        .map(cut -> DynamicTest.dynamicTest(
                                file.getFileName() + " " + cut, () -> replay(Transcript.read(file), cut))));
    }

    private static void replay(Transcript transcript, Cut cut) throws IOException {
        var world = new Fixture();
        transcript.prepare(world);
        var events = new ArrayList<Event>();
        var expected = new ArrayList<String>();
        var pending = new StringBuilder();
        var connections = new ArrayList<ScriptedConnection>();
        boolean serverSpoke = true;
        for (var step : transcript.steps) {
            switch (step) {
                case Step.Expects(var line) -> {
                    expected.add(line);
                    serverSpoke = true;
                }
                case Step.Sends(var octets) -> {
                    if (cut == Cut.IN_TURN && serverSpoke) {
                        flush(pending, events, cut);
                        var soFar = List.copyOf(expected);
                        events.add(new Event.Octets(
                                octets, () -> compare(connections.getFirst().written(), soFar, transcript.name)));
                    } else if (cut == Cut.IN_TURN) {
                        events.add(new Event.Octets(octets, () -> {}));
                    } else {
                        pending.append(octets);
                    }
                    serverSpoke = false;
                }
                case Step.Handshake() -> {
                    flush(pending, events, cut);
                    events.add(new Event.Handshake());
                    serverSpoke = true;
                }
                case Step.Silence() -> {
                    flush(pending, events, cut);
                    events.add(new Event.Silence());
                }
            }
        }
        flush(pending, events, cut);
        var connection = new ScriptedConnection(events);
        connections.add(connection);
        connection.secure = transcript.has("tls");
        connection.offersTls = transcript.has("offers-tls");
        connection.stopping = transcript.has("stop");
        try {
            world.protocol().serve(connection);
        } catch (StoppingException e) {
            assertThat(connection.stopping).isTrue();
        }
        compare(connection.written(), expected, transcript.name);
        assertThat(world.messages).isEqualTo(transcript.received);
        assertThat(world.spool.open).as("open spool entries").isZero();
        enhancedCodesEverywhere(connection.written());
    }

    private static void flush(StringBuilder pending, List<Event> events, Cut cut) {
        var all = pending.toString();
        int size = all.length();
        pending.setLength(0);
        var random = new Random(5321);
        for (int from = 0; from < size; ) {
            int length = switch (cut) {
                case WHOLE, IN_TURN -> size;
                case OCTETS -> 1;
                case RANDOM -> 1 + random.nextInt(random.nextBoolean() ? 8 : 5_000);
            };
            int to = Math.min(size, from + length);
            events.add(new Event.Octets(all.substring(from, to), () -> {}));
            from = to;
        }
    }

    private static void compare(String written, List<String> expected, String name) {
        var lines = new ArrayList<String>();
        boolean inEhlo = false;
        for (var line : written.split("\r\n", -1)) {
            int i = lines.size();
            if (inEhlo) {
                inEhlo = line.startsWith("250-");
                continue;
            }
            if (i < expected.size() && expected.get(i).equals(Transcript.EHLO) && line.equals("250-mx.example.org")) {
                lines.add(Transcript.EHLO);
                inEhlo = true;
                continue;
            }
            boolean open = i < expected.size() && expected.get(i).endsWith("…");
            var start = open ? expected.get(i).substring(0, expected.get(i).length() - 1) : "";
            lines.add(open && line.startsWith(start) ? expected.get(i) : line);
        }
        assertThat(lines.removeLast()).as("after the last CRLF").isEmpty();
        assertThat(lines).as(name).isEqualTo(expected);
    }

    /** RFC 2034 §4: every 2xx, 4xx and 5xx but the greeting and the answers to EHLO and HELO, which begin with the name. */
    private static void enhancedCodesEverywhere(String written) {
        boolean inEhlo = false;
        for (var line : written.lines().toList()) {
            inEhlo = line.matches("2[25]0[ -]mx\\.example\\.(org|net).*")
                    || (inEhlo && line.matches("250[ -](?!2\\.).*"));
            if (!inEhlo && !line.startsWith("3")) {
                assertThat(line).matches("([245])[0-9]{2}[ -]\\1\\.[0-9]+\\.[0-9]+ .+");
            }
            assertThat(line.getBytes(StandardCharsets.US_ASCII).length).isLessThanOrEqualTo(510);
        }
    }
}
