package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 10022. */
final class UidBatchesTest {
    private static final String ALL = " 1202:699,698:199,198:1";

    private final RealHouse house = RealHouse.HOUSE.empty();

    private static void login(MemoryConnection client) {
        assertThat(client.line()).contains(" UIDBATCHES ");
        assertThat(client.ask("l LOGIN alice@example.org secret")).startsWith("l OK");
    }

    private static String answer(MemoryConnection client, String command) {
        client.send(command + "\r\n");
        return client.until(command.substring(0, command.indexOf(' ') + 1));
    }

    private static String batches(String tag, String ranges) {
        return "* UIDBATCHES (TAG \"" + tag + "\")" + ranges + "\n" + tag + " OK UIDBATCHES completed";
    }

    @Test
    void theMailboxFallsIntoPartsFromTheNewestDown() {
        for (int i = 0; i < 1_203; i++) {
            house.deliver("INBOX", "m" + i);
        }
        try (var client = new MemoryConnection(house.protocol())) {
            login(client);
            assertThat(client.ask("a UIDBATCHES 500")).startsWith("a BAD");
            assertThat(answer(client, "b EXAMINE Archive")).contains("b OK");
            assertThat(answer(client, "c UIDBATCHES 500").strip()).isEqualTo(batches("c", ""));
            assertThat(answer(client, "d SELECT INBOX")).contains("d OK");
            assertThat(client.ask("e STORE 1,702:705,1203 +FLAGS.SILENT (\\Deleted)"))
                    .startsWith("e OK");
            assertThat(answer(client, "f EXPUNGE")).contains("f OK");
            assertThat(answer(client, "g UIDBATCHES 500").strip()).isEqualTo(batches("g", ALL));
            assertThat(answer(client, "h UIDBATCHES 500 1:1").strip()).isEqualTo(batches("h", " 1202:699"));
            assertThat(answer(client, "i UIDBATCHES 500 2:9").strip()).isEqualTo(batches("i", " 698:199,198:1"));
            assertThat(answer(client, "j UIDBATCHES 500 4:4294967295").strip()).isEqualTo(batches("j", ""));
            assertThat(answer(client, "k UIDBATCHES 4294967295 4294967295:4294967295")
                            .strip())
                    .isEqualTo(batches("k", ""));
            assertThat(answer(client, "m UIDBATCHES 1196").strip()).isEqualTo(batches("m", " 1202:3,2:1"));
            assertThat(answer(client, "n UIDBATCHES 4294967295").strip()).isEqualTo(batches("n", " 1202:1"));
            assertThat(client.ask("o UIDBATCHES 499")).startsWith("o NO [TOOFEW] ");
            assertThat(client.ask("p UIDBATCHES 500 2:1")).startsWith("p BAD");
            assertThat(answer(client, "q ENABLE UIDONLY")).contains("q OK");
            assertThat(answer(client, "r UIDBATCHES 500").strip()).isEqualTo(batches("r", ALL));
        }
    }

    @Test
    void aBatchIsNoLargerThanOneCommandMayBeAbout() {
        house.deliver("INBOX", "one");
        try (var client = new MemoryConnection(
                house.protocol(InstantSource.fixed(RealHouse.NOW), Map.of("imap.message-limit", "1000")))) {
            login(client);
            assertThat(answer(client, "a SELECT INBOX")).contains("a OK");
            assertThat(client.ask("b UIDBATCHES 1001")).startsWith("b NO [MESSAGELIMIT 1000] ");
            assertThat(answer(client, "c UIDBATCHES 1000").strip()).isEqualTo(batches("c", " 1:1"));
        }
    }
}
