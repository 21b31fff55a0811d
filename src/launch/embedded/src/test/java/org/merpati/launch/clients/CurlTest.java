package org.merpati.launch.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** curl: mail up and down by its addresses (RFC 5092), and commands of the caller's own. */
class CurlTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource
    void whatIsUploadedComesDownOctetByOctet(Security security) throws Exception {
        var house = MailHouse.shared();
        var address = house.account("curl");
        var curl = new Curl(Program.installed("curl", "curl", home), house.port(security), security, address);
        var letters = Letters.of("curl", 20);
        for (var letter : letters) {
            var file = Files.write(home.resolve("up.eml"), letter);
            curl.get("INBOX", "-T", file.toString()).orFail();
        }
        assertThat(curl.get("").orFail().text()).contains("* LIST (").contains("INBOX");
        for (int i = 0; i < letters.size(); i++) {
            assertThat(curl.get("INBOX;UID=" + (i + 1)).orFail().output())
                    .as("message " + i)
                    .isEqualTo(letters.get(i));
        }
        assertThat(curl.get("INBOX;MAILINDEX=3").orFail().output()).isEqualTo(letters.get(2));
        assertThat(curl.get("INBOX;UID=2;SECTION=TEXT").orFail().text()).startsWith("Gr\u00fc\u00dfe aus K\u00f6ln");
        assertThat(curl.get("INBOX;UID=3;SECTION=HEADER.FIELDS%20(SUBJECT)")
                        .orFail()
                        .text())
                .isEqualTo("Subject: curl 2\r\n\r\n");
        assertThat(curl.get("INBOX?SUBJECT%20%22curl%201%22").orFail().text())
                .isEqualTo("* SEARCH 2 11 12 13 14 15 16 17 18 19 20\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void commandsOfTheCallerAreRun(Security security) throws Exception {
        var house = MailHouse.shared();
        var address = house.account("curl");
        var curl = new Curl(Program.installed("curl", "curl", home), house.port(security), security, address);
        try (var imap = house.imap(address)) {
            for (var letter : Letters.of("curl", 5)) {
                imap.append("INBOX", "", letter);
            }
        }
        curl.get("", "-X", "CREATE Copies").orFail();
        assertThat(curl.get("INBOX", "-X", "STORE 2:3 +FLAGS (\\Deleted)")
                        .orFail()
                        .text())
                .contains("* 2 FETCH (", "* 3 FETCH (");
        curl.get("INBOX", "-X", "EXPUNGE").orFail();
        curl.get("INBOX", "-X", "UID COPY 4 Copies").orFail();
        assertThat(curl.get("Copies;UID=1").orFail().output())
                .isEqualTo(Letters.of("curl", 5).get(3));
        assertThat(curl.get("INBOX", "-X", "FETCH 1:* (UID)").orFail().text())
                .isEqualTo("* 1 FETCH (UID 1)\r\n* 2 FETCH (UID 4)\r\n* 3 FETCH (UID 5)\r\n");
        assertThat(curl.get("INBOX;UIDVALIDITY=1;UID=5").code())
                .as("another UIDVALIDITY")
                .isNotZero();
        assertThat(curl.get("No%20such%20box", "-T", home.resolve("up.eml").toString())
                        .code())
                .isNotZero();
        assertThat(curl.as(address + ":wrong").get("").code())
                .as("login denied")
                .isEqualTo(67);
        curl.get("", "--login-options", "AUTH=PLAIN", "-X", "NOOP").orFail();
    }

    private record Curl(Program program, String base, String user) {
        Curl(Program program, int port, Security security, String address) {
            this(program, security.scheme() + "://127.0.0.1:" + port + "/", address + ":" + MailHouse.PASSWORD);
        }

        Curl as(String other) {
            return new Curl(program, base, other);
        }

        Program.Ended get(String path, String... options) throws IOException, InterruptedException {
            var arguments = new ArrayList<>(List.of("-sS", "-k", "-m", "30", "-u", user, base + path));
            arguments.addAll(List.of(options));
            return program.run(arguments.toArray(String[]::new));
        }
    }
}
