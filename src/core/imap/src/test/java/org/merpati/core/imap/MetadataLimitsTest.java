package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.merpati.core.store.Annotations;

/** RFC 5464 §4.3: too large, too many, and then nothing is set. */
final class MetadataLimitsTest {
    private final RealHouse house = RealHouse.HOUSE.empty();

    private MemoryConnection signedIn() {
        var client = new MemoryConnection(house.protocol());
        client.line();
        assertThat(client.ask("l LOGIN alice@example.org secret")).startsWith("l OK");
        return client;
    }

    @Test
    void aValueThatIsTooLargeIsRefusedWithWhatItMayHave() {
        try (var client = signedIn()) {
            client.send("a SETMETADATA INBOX (/private/a \"a\" /private/b {" + (Annotations.LARGEST + 1) + "}\r\n");
            assertThat(client.line()).startsWith("+");
            client.send("x".repeat(Annotations.LARGEST + 1) + ")\r\n");
            assertThat(client.line()).startsWith("a NO [METADATA MAXSIZE 16384]");
            client.send("b GETMETADATA INBOX /private/a\r\n");
            assertThat(client.line()).isEqualTo("* METADATA INBOX (/private/a NIL)");
            assertThat(client.line()).startsWith("b OK");
        }
    }

    @Test
    void oneEntryMoreThanThereMayBeIsRefused() {
        try (var client = signedIn()) {
            for (int i = 0; i < Annotations.MOST; i++) {
                assertThat(client.ask("a SETMETADATA INBOX (/private/" + i + " \"x\")"))
                        .startsWith("a OK");
            }
            assertThat(client.ask("b SETMETADATA INBOX (/private/more \"x\")")).startsWith("b NO [METADATA TOOMANY]");
            assertThat(client.ask("c SETMETADATA INBOX (/private/5 NIL)")).startsWith("c OK");
            assertThat(client.ask("d SETMETADATA INBOX (/private/more \"x\")")).startsWith("d OK");
        }
    }
}
