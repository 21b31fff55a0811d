package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LongSearchTest {
    /** RFC 9585 §4: every ten seconds, before the command is over; here each look at the clock takes four. */
    @Test
    void aLongSearchTellsHowFarItHasCome() {
        var house = RealHouse.HOUSE.empty();
        for (int i = 0; i < 5; i++) {
            house.deliver("INBOX", "hello " + i);
        }
        var seconds = new AtomicLong();
        try (var client = new MemoryConnection(house.protocol(() -> Instant.ofEpochSecond(seconds.addAndGet(4))))) {
            client.ask("a LOGIN alice@example.org secret");
            client.ask("b SELECT INBOX");
            client.send("c SEARCH BODY hello\r\n");
            assertThat(client.until("c ")).isEqualTo("""
                            * OK [INPROGRESS ("c" 1 5)] Searched 1 of 5
                            * OK [INPROGRESS ("c" 4 5)] Searched 4 of 5
                            * SEARCH 1 2 3 4 5
                            c OK SEARCH completed
                            """);
            client.send("d SEARCH SEEN\r\n");
            assertThat(client.until("d ")).isEqualTo("* SEARCH\nd OK SEARCH completed\n");
        }
    }

    @Test
    void aSearchSaysHowManyMessagesItCouldNotRead() {
        var house = RealHouse.HOUSE.empty();
        house.deliver("INBOX", "one");
        house.deliver("INBOX", "two");
        try (var client = new MemoryConnection(house.protocol())) {
            client.ask("a LOGIN alice@example.org secret");
            client.ask("b SELECT INBOX");
            assertThat(client.ask("c SEARCH RETURN (SAVE) ALL")).startsWith("c OK");
            house.hideBlobs(true);
            client.send("d SEARCH RETURN (SAVE COUNT) OR SUBJECT one BODY hello\r\n");
            assertThat(client.until("d "))
                    .isEqualTo("* ESEARCH (TAG \"d\") COUNT 1\nd NO [SERVERBUG] 1 of the messages can't be read\n");
            client.send("e SEARCH RETURN (COUNT) $\r\n");
            assertThat(client.until("e ")).startsWith("* ESEARCH (TAG \"e\") COUNT 0\n");
        } finally {
            house.hideBlobs(false);
        }
    }
}
