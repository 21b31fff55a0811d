package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 9698: announced where an address is known, and only there. */
final class JmapAccessTest {
    private static final String LOGIN = "l LOGIN alice@example.org secret";
    private static final String ASK = "j GETJMAPACCESS\r\n";

    private final RealHouse house = RealHouse.HOUSE.empty();

    /** Over TLS, as passwords are refused in clear unless the settings allow them. */
    private MemoryConnection connect(Map<String, String> settings) {
        return new MemoryConnection(house.protocol(InstantSource.fixed(RealHouse.NOW), settings), true, "192.0.2.1");
    }

    @Test
    void theSessionsAddressIsToldWhereItIsKnown() {
        try (var client =
                connect(Map.of("http.public-url", "https://mail.example.org/m/", "auth.allow-plaintext", "false"))) {
            assertThat(client.line()).doesNotContain("JMAPACCESS");
            assertThat(client.ask("c CAPABILITY")).startsWith("c OK");
            client.send(ASK);
            assertThat(client.line()).startsWith("j BAD");
            assertThat(client.ask(LOGIN)).startsWith("l OK").contains(" JMAPACCESS ");
            client.send(ASK);
            assertThat(client.line()).isEqualTo("* JMAPACCESS \"https://mail.example.org/m/jmap/session\"");
            assertThat(client.line()).startsWith("j OK");
            assertThat(client.ask("s SELECT INBOX")).startsWith("s OK");
            client.send(ASK);
            assertThat(client.line()).startsWith("* JMAPACCESS ");
            assertThat(client.line()).startsWith("j OK");
            assertThat(client.ask("k GETJMAPACCESS now")).startsWith("k BAD");
        }
    }

    @Test
    void withoutAnAddressNothingIsAnnouncedAndTheCommandIsRefused() {
        try (var client = connect(Map.of())) {
            refused(client);
        }
    }

    @Test
    void anAddressInClearIsNotWhereAPasswordGoes() {
        try (var client =
                connect(Map.of("http.public-url", "http://mail.example.org", "auth.allow-plaintext", "false"))) {
            refused(client);
        }
    }

    private static void refused(MemoryConnection client) {
        assertThat(client.line()).doesNotContain("JMAPACCESS");
        assertThat(client.ask(LOGIN)).startsWith("l OK").doesNotContain("JMAPACCESS");
        client.send(ASK);
        assertThat(client.line()).startsWith("j BAD");
    }
}
