package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9738, with the lowest limit that there may be, and five messages more. */
final class MessageLimitTest {
    private static final String LOWEST = "[MESSAGELIMIT 1000 6] ";

    private final RealHouse house = RealHouse.HOUSE.empty();
    private MemoryConnection client = connect();

    private MemoryConnection connect() {
        return new MemoryConnection(
                house.protocol(InstantSource.fixed(RealHouse.NOW), Map.of("imap.message-limit", "1000")));
    }

    @BeforeEach
    void selected() {
        for (int i = 0; i < 1_005; i++) {
            house.deliver("INBOX", "m" + i);
        }
        assertThat(client.line()).contains(" MESSAGELIMIT=1000 ");
        assertThat(client.ask("l LOGIN alice@example.org secret")).contains(" MESSAGELIMIT=1000");
        assertThat(client.ask("s SELECT INBOX")).startsWith("s OK");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private String all(String command) {
        client.send(command + "\r\n");
        return client.until(command.substring(0, command.indexOf(' ') + 1));
    }

    @Test
    void aCommandIsAboutTheLastMessagesAndSaysDownToWhich() {
        var fetched = all("a UID FETCH 1:* UID").lines().toList();
        assertThat(fetched).hasSize(1_001).contains("* 6 FETCH (UID 6)").doesNotContain("* 5 FETCH (UID 5)");
        assertThat(fetched.getLast()).startsWith("a OK " + LOWEST);
        assertThat(client.ask("b FETCH 1:1000 UID")).isEqualTo("b OK FETCH completed");
        assertThat(client.ask("c UID FETCH 1:* UID (PARTIAL -1:-1001)")).startsWith("c NO [MESSAGELIMIT 1000] ");
        assertThat(client.ask("d UID FETCH 1:* UID (PARTIAL -1:-1000)")).startsWith("d OK FETCH");
        assertThat(client.ask("e UID STORE 1:* +FLAGS.SILENT (\\Deleted)")).startsWith("e OK " + LOWEST);
        assertThat(client.ask("f UID STORE 1:5 +FLAGS.SILENT (\\Deleted)")).startsWith("f OK STORE");
        assertThat(all("g UID EXPUNGE 1:*"))
                .contains("g OK " + LOWEST)
                .contains("* 6 EXPUNGE")
                .doesNotContain("* 5 EXPUNGE");
        assertThat(all("h EXPUNGE")).contains("* 1 EXPUNGE").contains("h OK EXPUNGE");
    }

    @Test
    void aCopyIsRefusedAndAMoveGoesAsFarAsItMay() {
        assertThat(client.ask("a UID COPY 1:* Archive")).startsWith("a NO " + LOWEST);
        assertThat(all("b STATUS Archive (MESSAGES)")).contains("(MESSAGES 0)");
        assertThat(all("c UID MOVE 1:* Archive"))
                .contains("* OK [COPYUID ")
                .contains(" 6:1005 ")
                .contains("c OK " + LOWEST);
        assertThat(client.ask("d UID MOVE 1:* Archive")).isEqualTo("d OK MOVE completed");
    }

    @Test
    void aSearchLooksAtTheLastMessagesOfItsSet() {
        assertThat(all("a SEARCH RETURN (MIN COUNT SAVE) UNSEEN"))
                .contains("MIN 6 COUNT 1000")
                .contains("a OK " + LOWEST);
        assertThat(all("b SEARCH RETURN (MIN) $")).contains("MIN 6");
        assertThat(all("c SEARCH RETURN (MIN COUNT) 1:1000 UNSEEN"))
                .contains("MIN 1 COUNT 1000")
                .contains("c OK SEARCH");
        assertThat(all("d SEARCH RETURN (COUNT) UID 1:1004 SUBJECT m"))
                .contains("COUNT 1000")
                .contains("d OK [MESSAGELIMIT 1000 5]");
        assertThat(client.ask("e THREAD REFERENCES UTF-8 ALL")).startsWith("e NO [MESSAGELIMIT 1000] ");
        assertThat(client.ask("f SORT RETURN (COUNT) (SIZE) UTF-8 ALL")).isEqualTo("f OK SORT completed");
    }
}
