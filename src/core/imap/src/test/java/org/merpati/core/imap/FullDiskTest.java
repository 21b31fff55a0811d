package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.merpati.core.api.Platform;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Domains;
import org.merpati.core.store.LocalWatchers;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.blob.SegmentStore;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;

/**
 * The disk under database and segments is full for a while: APPEND is refused for the time being, what was answered OK is
 * there octet for octet, reading goes on, and the same session appends again when there is room.
 */
final class FullDiskTest {
    private static final EmailAddress ALICE = new EmailAddress("alice", "example.org");
    private static final int FEW = 4;

    @TempDir
    Path folder;

    private final FullDisk disk = new FullDisk();
    private final MemorySpool spool = new MemorySpool();
    /** Every message, by its number. */
    private final List<String> sent = new ArrayList<>();

    private final List<Integer> taken = new ArrayList<>();
    /** Refused when the database could not write: such a message is there whole or not at all. */
    private final List<Integer> open = new ArrayList<>();

    private boolean databaseIsFull;
    private SegmentStore blobs;
    private EmbeddedRuntime runtime;
    private ImapProtocol protocol;
    private MemoryConnection client;

    enum Full {
        EVERYTHING(file -> true),
        SEGMENTS(file -> file.toString().endsWith(".seg")),
        /** The file of H2, and its journal. */
        DATABASE(file -> !file.toString().endsWith(".seg"));

        private final Predicate<Path> files;

        Full(Predicate<Path> files) {
            this.files = files;
        }
    }

    /** How a message is sent. */
    private enum Literal {
        ASKING("}"),
        ALONG("+}");

        private final String end;

        Literal(String end) {
            this.end = end;
        }
    }

    @BeforeEach
    void start() throws IOException {
        blobs = SegmentStore.open(disk, folder.resolve("blobs"), octets -> {});
        runtime = EmbeddedRuntime.builder().data(folder).disk(disk).start();
        var passwords = new Passwords();
        var directory = new InternalDirectory(InstantSource.system(), passwords);
        var config = FakeHouse.config(Map.of("auth.allow-plaintext", "true", "limits.enabled", "false"));
        var watchers = new LocalWatchers();
        var clock = InstantSource.system();
        runtime.get(PlatformHolder.class).set(new Platform(config, blobs, spool, directory, watchers, clock));
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), false);
        var door = runtime.get(Door.class);
        var hash = passwords.hash(Secret.of("secret"));
        door.call(services -> {
                    services.get(Domains.class).add("example.org");
                    return services.get(Accounts.class).add(ALICE, "", hash);
                })
                .orThrow();
        protocol = new ImapProtocol(
                new Surroundings(config, door, directory, blobs, spool, watchers, clock, duration -> {}));
        client = signedIn();
    }

    @AfterEach
    void stop() {
        disk.free();
        client.close();
        assertThat(spool.open).hasValue(0);
        runtime.close();
        blobs.close();
    }

    @ParameterizedTest
    @EnumSource
    void appendIsRefusedForTheTimeBeingAndReadingGoesOn(Full full) {
        assertThat(client.ask("s SELECT INBOX")).startsWith("s OK");
        for (var literal : Literal.values()) {
            assertThat(append(literal)).startsWith("b OK [APPENDUID");
            fill(full);
            assertThat(untilRefused(literal)).as("%s, %s", full, literal).startsWith("b NO [UNAVAILABLE]");
            assertThat(append(literal)).as("%s, %s", full, literal).startsWith("b NO [UNAVAILABLE]");
            everythingIsThere(client);
            disk.free();
            assertThat(soonTaken(literal)).as("%s, %s", full, literal).startsWith("b OK [APPENDUID");
            everythingIsThere(client);
        }
        try (var other = signedIn()) {
            assertThat(other.ask("s SELECT INBOX")).startsWith("s OK");
            everythingIsThere(other);
        }
    }

    /** RFC 3502: all or none. */
    @Test
    void ofSeveralMessagesNoneIsThereWhenOneHasNoRoom() {
        assertThat(append(Literal.ALONG)).startsWith("b OK");
        fill(Full.SEGMENTS);
        assertThat(untilRefused(Literal.ALONG)).startsWith("b NO [UNAVAILABLE]");
        client.send("b APPEND INBOX");
        for (var message : List.of(message(10), message(40_000), message(10))) {
            client.send(" {" + message.length() + "+}\r\n" + message);
        }
        client.send("\r\n");
        assertThat(last("b ")).startsWith("b NO [UNAVAILABLE]");
        client.ask("s SELECT INBOX");
        everythingIsThere(client);
    }

    /** That somebody looks at new mail is written down; mail can be read all the same. */
    @Test
    void aMailboxWithNewMailIsOpenedOnAFullDisk() {
        assertThat(append(Literal.ALONG)).startsWith("b OK");
        fill(Full.DATABASE);
        assertThat(untilRefused(Literal.ALONG)).startsWith("b NO [UNAVAILABLE]");
        try (var other = signedIn()) {
            assertThat(other.ask("s EXAMINE INBOX")).startsWith("s OK");
            everythingIsThere(other);
            assertThat(other.ask("s SELECT INBOX")).startsWith("s OK [READ-WRITE]");
            everythingIsThere(other);
        }
        assertThat(client.ask("c SELECT INBOX")).startsWith("c OK [READ-WRITE]");
        assertThat(append(Literal.ALONG)).startsWith("b NO [UNAVAILABLE]");
        disk.free();
        assertThat(soonTaken(Literal.ALONG)).startsWith("b OK");
        everythingIsThere(client);
    }

    private void fill(Full full) {
        disk.fill(full.files);
        databaseIsFull = full != Full.SEGMENTS;
    }

    private MemoryConnection signedIn() {
        var connection = new MemoryConnection(protocol);
        connection.until("*");
        assertThat(connection.ask("a LOGIN alice@example.org secret")).startsWith("a OK");
        return connection;
    }

    private String message(int size) {
        var text = "Subject: number " + sent.size() + "\r\n\r\n";
        sent.add(text + "x".repeat(Math.max(1, size - text.length())) + "\r\n");
        return sent.getLast();
    }

    /** The answer to one message; where it is OK the message counts as taken. */
    private String append(Literal literal) {
        var message = message(40_000);
        client.send("b APPEND INBOX {" + message.length() + literal.end + "\r\n");
        if (literal == Literal.ASKING) {
            var answer = client.line();
            while (answer != null && !answer.startsWith("+")) {
                if (answer.startsWith("b ")) {
                    return answer; // refused before it was sent
                }
                answer = client.line();
            }
        }
        client.send(message + "\r\n");
        var answer = last("b ");
        if (answer.startsWith("b OK")) {
            taken.add(sent.size() - 1);
        } else if (databaseIsFull) {
            open.add(sent.size() - 1);
        }
        return answer;
    }

    /** What is free in the files already is used up first. */
    private String untilRefused(Literal literal) {
        var answer = append(literal);
        for (int i = 0; i < 100 && answer.startsWith("b OK"); i++) {
            answer = append(literal);
        }
        return answer;
    }

    /** The first ones may still meet connections to the database that died. */
    private String soonTaken(Literal literal) {
        var answer = append(literal);
        for (int i = 0; i < FEW && !answer.startsWith("b OK"); i++) {
            assertThat(answer).startsWith("b NO [UNAVAILABLE]");
            answer = append(literal);
        }
        return answer;
    }

    /** All that was answered OK, once and whole, in its order; of the rest none, or what the database may have written before it failed. */
    private void everythingIsThere(MemoryConnection connection) {
        assertThat(soon(connection, "c NOOP")).contains("c OK");
        connection.send("d UID FETCH 1:* BODY.PEEK[]\r\n");
        var answer = connection.until("d ").replace("\n", "\r\n");
        assertThat(answer).contains("d OK");
        var found = new ArrayList<Integer>();
        for (int at = answer.indexOf("BODY[] {"); at >= 0; at = answer.indexOf("BODY[] {", at)) {
            int end = answer.indexOf("}\r\n", at);
            int size = Integer.parseInt(answer.substring(at + 8, end));
            at = end + 3 + size;
            found.add(sent.indexOf(answer.substring(end + 3, at)));
        }
        assertThat(found)
                .as("numbers of messages, -1 of damaged ones")
                .doesNotContain(-1)
                .doesNotHaveDuplicates();
        found.removeAll(open);
        assertThat(found).isEqualTo(taken);
    }

    private static String soon(MemoryConnection connection, String command) {
        var answer = connection.ask(command);
        for (int i = 0; i < FEW && !answer.contains(" OK"); i++) {
            answer = connection.ask(command);
        }
        return answer;
    }

    private String last(String tag) {
        return client.until(tag).lines().toList().getLast();
    }
}
