package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a transcript can't show of APPEND: NUL, long messages, clients that go amid one, disks that fill. */
final class AppendTest {
    private final RealHouse house = RealHouse.HOUSE.empty();
    private final MemoryConnection client = new MemoryConnection(house.protocol());

    @BeforeEach
    void signIn() {
        client.until("*");
        assertThat(client.ask("a LOGIN alice@example.org secret")).startsWith("a OK");
    }

    @AfterEach
    void nothingIsLeftBehind() throws InterruptedException {
        client.close();
        client.thread.join(20_000);
        assertThat(house.spool.open).hasValue(0);
    }

    private String append(String options, String message) {
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        client.send("b APPEND INBOX " + options + octets.length + "+}\r\n");
        client.send(octets);
        client.send("\r\n");
        return client.until("b ").lines().toList().getLast();
    }

    private String body() {
        client.ask("c EXAMINE INBOX");
        client.send("d FETCH * BODY.PEEK[]\r\n");
        return client.until("d ");
    }

    /** RFC 3516 §4.4: no octet is lost, and a client that knows no literal8 can read it. */
    @Test
    void nulInAPartIsStoredAsBase64() {
        assertThat(append("~{", "Content-Transfer-Encoding: binary\r\nSubject: n\r\n\r\na\0b\nc"))
                .startsWith("b OK [APPENDUID");
        assertThat(body())
                .contains("Content-Transfer-Encoding: base64", "YQBiCmM=")
                .doesNotContain("\0");
        client.send("e FETCH * BINARY.PEEK[1]\r\n");
        assertThat(client.until("e ")).contains("a\0b\nc");
    }

    @Test
    void aBinaryMessageWithoutNulStaysAsItIs() {
        assertThat(append("~{", "Content-Transfer-Encoding: binary\r\n\r\na\rb\nc"))
                .startsWith("b OK");
        assertThat(body()).contains("BODY[] {42}", "Transfer-Encoding: binary");
    }

    /** Leniency: an old message may have NUL in it, though a literal must not. */
    @Test
    void nulInAnOrdinaryLiteralIsTakenToo() {
        assertThat(append("{", "Subject: n\r\n\r\na\0b\r\n")).startsWith("b OK");
        assertThat(body()).contains("base64").doesNotContain("\0");
    }

    @Test
    void nulInAHeaderIsRefused() {
        assertThat(append("~{", "Subject: a\0b\r\n\r\nx")).startsWith("b NO [UNKNOWN-CTE]");
        assertThat(client.ask("c STATUS INBOX (MESSAGES)")).startsWith("c OK");
    }

    /** Leniency: a line may end with LF alone, as it may with other servers; it is stored as it came. */
    @Test
    void bareLineFeedsStay() {
        assertThat(append("{", "Subject: lf\n\nx\ny\n")).startsWith("b OK");
        assertThat(body()).contains("BODY[] {17}");
    }

    @Test
    void aLongMessageIsNotHeldInMemoryTwice() {
        assertThat(append("{", "Subject: long\r\n\r\n" + "0123456789012345678901234567890123456\r\n".repeat(30_000)))
                .startsWith("b OK");
        client.ask("c EXAMINE INBOX");
        client.send("d FETCH * (RFC822.SIZE BODY.PEEK[TEXT]<1169990.99>)\r\n");
        assertThat(client.until("d ")).contains("RFC822.SIZE 1170017", "{10}\n9012345");
    }

    @Test
    void aDiskThatFillsUpAmidAMessageRefusesItAndTheSessionGoesOn() {
        house.spool.takes = 5_000;
        assertThat(append("{", "x".repeat(50_000))).startsWith("b NO [UNAVAILABLE]");
        house.spool.takes = Long.MAX_VALUE;
        assertThat(append("{", "Subject: x\r\n\r\n")).startsWith("b OK");
    }

    @Test
    void aClientThatGoesAmidAMessageLeavesNothing() throws InterruptedException {
        client.send("b APPEND INBOX {1000}\r\n");
        client.until("+");
        client.send("Subject: half\r\n");
        client.close();
        client.thread.join(20_000);
        assertThat(house.spool.open).hasValue(0);
        try (var other = new MemoryConnection(house.protocol())) {
            other.until("*");
            other.ask("a LOGIN alice@example.org secret");
            other.send("b STATUS INBOX (MESSAGES)\r\n");
            assertThat(other.until("b ")).contains("MESSAGES 0");
        }
    }

    @Test
    void theKeywordLimitIsSaid() {
        var keywords = new StringBuilder("(");
        for (int i = 0; i < 100; i++) {
            keywords.append(i == 0 ? "k" : " k").append(i);
        }
        assertThat(append(keywords + ") {", "Subject: many\r\n\r\n")).startsWith("b OK");
        assertThat(append(keywords + " one) {", "Subject: many\r\n\r\n"))
                .startsWith("b BAD Syntax: expected no more than 100 flags");
    }
}
