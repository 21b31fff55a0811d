package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.door.FailureKind;

/** What transcripts can't say: limits, failures, great numbers. */
final class ImapSessionTest {
    private final FakeHouse house = new FakeHouse();

    private MemoryConnection signedIn() {
        var client = new MemoryConnection(house.protocol());
        assertThat(client.line()).startsWith("* OK");
        assertThat(client.ask("l LOGIN alice@example.org secret")).startsWith("l OK");
        return client;
    }

    private MemoryConnection selected() {
        var client = signedIn();
        assertThat(client.ask("s SELECT INBOX")).startsWith("s OK");
        return client;
    }

    @Test
    void tenThousandPipelinedCommandsHaveTenThousandAnswersInOrder() {
        try (var client = selected()) {
            var commands = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                commands.append('n').append(i).append(" NOOP\r\n");
            }
            client.send(commands.toString());
            for (int i = 0; i < 10_000; i++) {
                assertThat(client.line()).isEqualTo("n" + i + " OK NOOP completed");
            }
        }
    }

    @Test
    void aClientThatHasShutItsOutputStillGetsItsAnswers() {
        try (var client = signedIn()) {
            client.send("a NOOP\r\nb LIST \"\" INBOX\r\nc NOO");
            client.shutdownOutput();
            assertThat(client.line()).isEqualTo("a OK NOOP completed");
            assertThat(client.line()).startsWith("* LIST");
            assertThat(client.line()).isEqualTo("b OK LIST completed");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void nulIsRefusedAndTheSessionGoesOn() {
        try (var client = signedIn()) {
            assertThat(client.ask("a NOOP\0")).startsWith("a BAD Syntax");
            assertThat(client.ask("b SELECT \"IN\0BOX\"")).startsWith("b BAD Syntax");
            assertThat(client.ask("c SELECT {3+}\r\na\0b")).startsWith("c BAD Syntax");
            assertThat(client.ask("d NOOP")).startsWith("d OK");
        }
    }

    @Test
    void anOverLongLineIsRefusedByItsTagAndTheSessionGoesOn() {
        try (var client = signedIn()) {
            client.send("a NOOP " + "x".repeat(10_000_000) + "\r\n" + "y".repeat(70_000) + "\r\nc NOOP\r\n");
            assertThat(client.line()).isEqualTo("a BAD A command line has at most 65536 octets");
            assertThat(client.line()).isEqualTo("* BAD A command line has at most 65536 octets");
            assertThat(client.line()).isEqualTo("c OK NOOP completed");
        }
    }

    @Test
    void twentyBadCommandsEndTheSession() {
        try (var client = new MemoryConnection(house.protocol())) {
            client.line();
            client.send("POST / HTTP/1.1\r\n".repeat(30));
            for (int i = 0; i < 20; i++) {
                assertThat(client.line()).startsWith("POST BAD");
            }
            assertThat(client.line()).isEqualTo("* BYE [CLIENTBUG] Too many bad commands");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void wrongPasswordsAreAnsweredSlowerAndSlowerAndTheFifthIsTheLast() {
        try (var client = new MemoryConnection(house.protocol(Map.of("auth.allow-plaintext", "true")))) {
            client.line();
            for (int i = 1; i <= 5; i++) {
                assertThat(client.ask("a LOGIN x y")).startsWith("a NO [AUTHENTICATIONFAILED]");
            }
            assertThat(client.line()).startsWith("* BYE");
            assertThat(client.line()).isNull();
        }
        assertThat(house.pauses)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(8));
    }

    @Test
    void noDelayWhereLimitsAreOff() {
        try (var client = new MemoryConnection(house.protocol())) {
            client.line();
            assertThat(client.ask("a LOGIN x y")).startsWith("a NO");
        }
        assertThat(house.pauses).isEmpty();
    }

    @Test
    void loopbackAloneIsNotEnoughForAPlainPassword() {
        try (var client = new MemoryConnection(house.protocol(Map.of()))) {
            assertThat(client.line()).contains("LOGINDISABLED");
            assertThat(client.ask("a LOGIN alice@example.org secret")).startsWith("a NO [PRIVACYREQUIRED]");
        }
    }

    @Test
    void silenceEndsTheSessionAndIsLongerAfterLogin() {
        try (var client = new MemoryConnection(house.protocol())) {
            client.line();
            client.ask("n NOOP");
            assertThat(client.silence).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
            client.ask("l LOGIN alice@example.org secret");
            assertThat(client.silence).isEqualTo(Duration.ofMinutes(30));
            client.send("a IDLE\r\n");
            assertThat(client.line()).startsWith("+");
            client.beSilent();
            assertThat(client.line()).startsWith("* BYE Autologout");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void whatTheDoorCannotDoIsAnsweredAndTheSessionGoesOn() {
        house.deliver("INBOX", "one");
        try (var client = selected()) {
            house.fail(FailureKind.UNAVAILABLE);
            assertThat(client.ask("a FETCH 1 ENVELOPE")).startsWith("a NO [UNAVAILABLE]");
            house.fail(FailureKind.BUG);
            assertThat(client.ask("b LIST \"\" *")).isEqualTo("b NO [SERVERBUG] Internal error, number 4711");
            house.deliver("INBOX", "two");
            assertThat(client.ask("c NOOP")).startsWith("c NO [SERVERBUG]");
            house.recover();
            client.send("d NOOP\r\n");
            assertThat(client.line()).isEqualTo("* 2 EXISTS");
            assertThat(client.line()).isEqualTo("* 2 RECENT");
            assertThat(client.line()).startsWith("d OK");
        }
    }

    @Test
    void aDamagedMessageIsLeftOutAndSaidSo() {
        house.deliver("INBOX", "one");
        house.deliver("INBOX", "two");
        house.deliver("INBOX", "three");
        house.damage("INBOX", 2);
        try (var client = selected()) {
            client.send("a FETCH 1:3 (UID BODY.PEEK[TEXT]<0.1>)\r\n");
            assertThat(client.line()).startsWith("* 1 FETCH");
            assertThat(client.line()).isEqualTo("H)");
            assertThat(client.line()).startsWith("* 3 FETCH");
            assertThat(client.line()).isEqualTo("H)");
            assertThat(client.line()).isEqualTo("a NO [SERVERBUG] 1 of the messages can't be read");
            assertThat(client.ask("b NOOP")).startsWith("b OK");
        }
    }

    @Test
    void aStructureIsAnsweredWithoutTheMessage() {
        house.deliver("INBOX", "one");
        house.damage("INBOX", 1);
        try (var client = selected()) {
            client.send("a FETCH 1 BODYSTRUCTURE\r\n");
            assertThat(client.line()).startsWith("* 1 FETCH (BODYSTRUCTURE (\"text\" \"plain\"");
            assertThat(client.line()).startsWith("a OK");
        }
    }

    @Test
    void aMessageWithoutAStoredStructureIsReadAgain() {
        house.structuresStored = false;
        house.deliver("INBOX", "one");
        house.deliver(
                "INBOX",
                "large",
                ("Subject: large\r\n\r\n" + "x\r\n".repeat(50_000)).getBytes(StandardCharsets.US_ASCII));
        try (var client = selected()) {
            client.send("a FETCH 1:2 BODY\r\n");
            assertThat(client.line()).endsWith(" \"7bit\" 13 1))");
            assertThat(client.line()).endsWith(" \"7bit\" 150000 50000))");
            assertThat(client.line()).startsWith("a OK");
        }
    }

    @Test
    void aDamagedMessageHasNoStructure() {
        house.structuresStored = false;
        house.deliver("INBOX", "one");
        house.damage("INBOX", 1);
        try (var client = selected()) {
            assertThat(client.ask("a FETCH 1 (UID ENVELOPE)"))
                    .isEqualTo("a NO [SERVERBUG] 1 of the messages can't be read");
            assertThat(client.ask("b FETCH 1 BINARY.PEEK[1]")).startsWith("b NO [SERVERBUG]");
        }
    }

    /** What is larger than a small part is measured first and then flows. */
    @Test
    void aLargePartIsDecodedAsItFlows() {
        byte[] content = ("0123456789".repeat(20_000) + "end").getBytes(StandardCharsets.US_ASCII);
        house.deliver(
                "INBOX",
                "large",
                ("Content-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                + Base64.getMimeEncoder().encodeToString(content))
                        .getBytes(StandardCharsets.US_ASCII));
        try (var client = selected()) {
            client.send("a FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1]<199998.100>)\r\n");
            assertThat(client.line()).isEqualTo("* 1 FETCH (BINARY.SIZE[1] 200003 BINARY[1]<199998> {5}");
            assertThat(client.line()).isEqualTo("89end)");
            assertThat(client.line()).startsWith("a OK");
            client.send("b FETCH 1 BINARY.PEEK[1]\r\n");
            assertThat(client.line()).isEqualTo("* 1 FETCH (BINARY[1] {200003}");
            assertThat(client.line()).hasSize(200_004).endsWith("89end)");
        }
    }

    @Test
    void fieldsAreFoundInAHugeHeader() {
        house.deliver(
                "INBOX",
                "huge",
                (("X-Long: " + "x".repeat(900) + "\r\n").repeat(4000) + "Subject: y\r\n\r\nhello\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        try (var client = selected()) {
            client.send("a FETCH 1 (BODY.PEEK[HEADER.FIELDS (subject)] BODY.PEEK[1])\r\n");
            assertThat(client.line()).isEqualTo("* 1 FETCH (BODY[HEADER.FIELDS (subject)] {14}");
            assertThat(client.line()).isEqualTo("Subject: y");
            assertThat(client.line()).isEmpty();
            assertThat(client.line()).isEqualTo(" BODY[1] {7}");
            assertThat(client.line()).isEqualTo("hello");
            assertThat(client.line()).isEqualTo(")");
        }
    }

    @Test
    void aMessageThatBreaksAmidItsLiteralEndsTheConnection() {
        house.deliver("INBOX", "large", FakeHouse.message("large"), 1_000_000, 50);
        house.damage("INBOX", 1);
        try (var client = selected()) {
            client.send("a FETCH 1 BODY.PEEK[]\r\nb NOOP\r\n");
            assertThat(client.line()).startsWith("* 1 FETCH (BODY[] {1000000}");
            var line = client.line();
            while (line != null) {
                assertThat(line).doesNotContain("OK");
                line = client.line();
            }
            assertThat(client.written.get()).isLessThan(1_000_000);
        }
    }

    @Test
    void thirtyMegabytesFlowThroughASmallBuffer() {
        house.deliver("INBOX", "large", FakeHouse.message("large"), 30L << 20, 50);
        try (var client = selected()) {
            client.discard = true;
            client.send("a FETCH 1 BODY.PEEK[]\r\n");
            client.finish();
            assertThat(client.written.get()).isGreaterThan(30L << 20);
            assertThat(client.largestWrite.get()).isLessThanOrEqualTo(16_384);
        }
    }

    @Test
    void aLargeMailboxIsReadByThePageAndSparsely() {
        for (int i = 1; i <= 1723; i++) {
            house.deliver("INBOX", "m" + i, "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        try (var client = selected()) {
            client.send("a FETCH 1:* UID\r\n");
            assertThat(client.until("a ").lines().filter(line -> line.contains(" FETCH (UID ")))
                    .hasSize(1723)
                    .startsWith("* 1 FETCH (UID 1)")
                    .endsWith("* 1723 FETCH (UID 1723)");
            client.send("b UID FETCH 1700,3,501:502,9999 FLAGS\r\n");
            assertThat(client.until("b ").lines())
                    .containsExactly(
                            "* 3 FETCH (UID 3 FLAGS (\\Recent))",
                            "* 501 FETCH (UID 501 FLAGS (\\Recent))",
                            "* 502 FETCH (UID 502 FLAGS (\\Recent))",
                            "* 1700 FETCH (UID 1700 FLAGS (\\Recent))",
                            "b OK FETCH completed");
            // 1,723 flags change in four pages; another session is told of each exactly once
            try (var other = selected()) {
                client.send("c FETCH 1:* BODY[TEXT]<0.1>\r\n");
                client.until("c ");
                other.send("d NOOP\r\n");
                assertThat(other.until("d ").lines().filter(line -> line.contains("(UID")))
                        .hasSize(1723)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aShortPageOfChangesIsNotTakenForTheLast() {
        for (int i = 0; i < 500; i++) {
            house.deliver("INBOX", "old");
        }
        try (var client = selected();
                var other = selected()) {
            for (int i = 0; i < 10; i++) {
                house.deliver("INBOX", "new");
            }
            other.send("a FETCH 1:500 BODY[TEXT]<0.1>\r\n"); // one change of 500 messages, after ten of one each
            other.until("a ");
            client.send("b NOOP\r\n");
            var told = client.until("b ");
            assertThat(told.lines().filter(line -> line.contains("FLAGS (\\Seen")))
                    .hasSize(500);
            assertThat(told).contains("* 510 EXISTS");
        }
    }

    @Test
    void everySessionGivesItsWatchBack() {
        var client = selected();
        assertThat(client.ask("a SELECT Archive")).startsWith("a OK");
        assertThat(house.watchers()).isEqualTo(1);
        client.finish();
        assertThat(house.watchers()).isZero();
    }

    @Test
    void aRefusalIsOneLine() {
        assertThat(house.protocol().refusal("too many\r\n* OK")).isEqualTo("* BYE [UNAVAILABLE] too many??* OK\r\n");
    }
}
