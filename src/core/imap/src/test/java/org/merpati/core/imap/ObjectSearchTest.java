package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** RFC 8474 §5.2. */
final class ObjectSearchTest {
    @Test
    void anEmailAndAThreadAreFoundByTheirIds() {
        var house = RealHouse.HOUSE.empty();
        house.deliver("INBOX", "one");
        house.deliver("INBOX", "two");
        try (var client = new MemoryConnection(house.protocol())) {
            client.ask("a LOGIN alice@example.org secret");
            client.ask("b SELECT INBOX");
            client.send("c FETCH 2 (EMAILID THREADID)\r\n");
            var ids = Pattern.compile("EMAILID \\(([^)]+)\\) THREADID \\(([^)]+)\\)")
                    .matcher(client.until("c "));
            assertThat(ids.find()).isTrue();
            client.send("d SEARCH EMAILID " + ids.group(1) + "\r\n");
            assertThat(client.until("d ")).startsWith("* SEARCH 2\n");
            client.send("e SEARCH THREADID " + ids.group(2) + "\r\n");
            assertThat(client.until("e ")).startsWith("* SEARCH 2\n");
            client.send("f SEARCH OR EMAILID " + ids.group(2) + " THREADID nobody\r\n");
            assertThat(client.until("f ")).startsWith("* SEARCH\n");
        }
    }
}
