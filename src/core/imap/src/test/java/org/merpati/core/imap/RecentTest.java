package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.session.Protocol;

/** RFC 3501 §2.3.2: what arrives while sessions have the mailbox selected is recent in the first one that is told. */
final class RecentTest {
    private final RealHouse house = RealHouse.HOUSE.empty();
    private final Protocol server = house.protocol();

    @Test
    void eachMessageIsRecentInOneSession() {
        try (var ann = selected(server);
                var bob = selected(server)) {
            for (int i = 1; i <= 6; i++) {
                house.deliver("INBOX", "m" + i);
                var first = i % 2 == 0 ? ann : bob;
                var second = i % 2 == 0 ? bob : ann;
                assertThat(first.ask("n NOOP")).startsWith("n OK");
                assertThat(second.ask("n NOOP")).startsWith("n OK");
            }
            assertThat(found(ann, "SEARCH RECENT")).isEqualTo("* SEARCH 2 4 6");
            assertThat(found(bob, "SEARCH RECENT")).isEqualTo("* SEARCH 1 3 5");
            try (var other = signedIn(server)) {
                assertThat(found(other, "STATUS INBOX (RECENT)")).isEqualTo("* STATUS INBOX (RECENT 0)");
                assertThat(other.ask("e EXAMINE INBOX")).startsWith("e OK");
                assertThat(found(other, "SEARCH RECENT")).isEqualTo("* SEARCH");
                assertThat(other.ask("s SELECT INBOX")).startsWith("s OK");
                assertThat(found(other, "SEARCH RECENT")).isEqualTo("* SEARCH");
            }
        }
    }

    @Test
    void sessionsThatAskAtOnceShareTheMessages() throws Exception {
        int messages = 60;
        var over = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var sessions = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> recentAfter(over)))
                    .toList();
            for (int i = 0; i < messages; i++) {
                house.deliver("INBOX", "m" + i);
            }
            over.set(true);
            var all = new ArrayList<Integer>();
            for (var session : sessions) {
                all.addAll(session.get());
            }
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, messages).boxed().toList());
        }
    }

    /** What is recent in a session that asks all the time. */
    private List<Integer> recentAfter(AtomicBoolean over) {
        try (var client = selected(server)) {
            boolean last;
            do {
                last = over.get();
                assertThat(client.ask("n NOOP")).startsWith("n OK");
            } while (!last);
            return recent(client);
        }
    }

    private static List<Integer> recent(MemoryConnection client) {
        return Stream.of(found(client, "SEARCH RECENT").split(" ", -1))
                .skip(2) // of * SEARCH 1 2
                .map(Integer::valueOf)
                .toList();
    }

    /** However it goes; it is to hold for other servers, and after a restart. */
    @ParameterizedTest
    @ValueSource(strings = {"UNSELECT", "CLOSE", "SELECT lists/a", "LOGOUT", ""})
    void whatASessionWasToldOfIsWrittenWhenItLeaves(String command) {
        try (var ann = selected(server)) {
            for (int i = 1; i <= 3; i++) {
                house.deliver("INBOX", "m" + i);
                assertThat(ann.ask("n NOOP")).startsWith("n OK");
            }
            assertThat(found(ann, "SEARCH RECENT")).isEqualTo("* SEARCH 1 2 3");
            if (!command.isEmpty()) {
                assertThat(ann.ask("c " + command)).contains("c OK");
            }
        }
        house.deliver("INBOX", "last");
        try (var other = selected(house.protocol())) {
            assertThat(found(other, "SEARCH RECENT")).isEqualTo("* SEARCH 4");
        }
    }

    private static String found(MemoryConnection client, String command) {
        client.send("f " + command + "\r\n");
        return client.until("f ").lines().findFirst().orElseThrow();
    }

    private static MemoryConnection signedIn(Protocol server) {
        var client = new MemoryConnection(server);
        client.until("*");
        assertThat(client.ask("l LOGIN alice@example.org secret")).contains("l OK");
        return client;
    }

    private static MemoryConnection selected(Protocol server) {
        var client = signedIn(server);
        assertThat(client.ask("s SELECT INBOX")).startsWith("s OK");
        return client;
    }
}
