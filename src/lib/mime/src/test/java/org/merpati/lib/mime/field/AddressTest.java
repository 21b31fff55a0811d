package org.merpati.lib.mime.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.lib.mime.field.Address.Group;
import org.merpati.lib.mime.field.Address.Mailbox;

/** RFC 5322 §3.4 and §4.4; more samples are read by check/conformance. */
class AddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "joe@example.net|/joe@example.net",
                "<joe@example.net>|/joe@example.net",
                "Joe <joe@example.net>|Joe/joe@example.net",
                "Joe Q. Public <joe@example.net>|Joe Q. Public/joe@example.net",
                "\"Public, Joe \\\"Q\\\"\" <joe@example.net>|Public, Joe \"Q\"/joe@example.net",
                "joe@example.net (Joe (Q.) Public)|Joe (Q.) Public/joe@example.net",
                "Joe <joe@example.net> (the other)|Joe/joe@example.net",
                "=?utf-8?q?Zo=C3=AB?= <zoe@example.net>|Zoë/zoe@example.net",
                "=?utf-8?q?Doe, Joe?= <joe@example.net>|Doe, Joe/joe@example.net",
                "\"=?utf-8?q?Zo=C3=AB?=\" <zoe@example.net>|Zoë/zoe@example.net",
                "joe@example.net (=?utf-8?q?Zo=C3=AB?=)|Zoë/joe@example.net",
                "Zoë <zoë@exämple.net>|Zoë/zoë@exämple.net",
                "\"joe doe\"@example.net|/\"joe doe\"@example.net",
                "<\"joe>doe\"@example.net>|/\"joe>doe\"@example.net",
                "joe@[IPv6:2001:db8::1]|/joe@[IPv6:2001:db8::1]",
                "Joe <@a.net,@b.net:joe@example.net>|Joe/joe@example.net",
                "joe . doe @ example . net|/joe.doe@example.net",
                "Joe <joe@example.net|Joe/joe@example.net",
                "Joe joe@example.net|Joe/joe@example.net",
                "<<joe@example.net>>|/joe@example.net",
                "Joe <>|Joe/",
                "Joe|Joe/",
                "root (Cron)|Cron/root",
                "\"Joe <joe@example.net>|Joe/joe@example.net",
                "Joe (oh <joe@example.net>|Joe (oh/joe@example.net",
                "'Joe' <joe@example.net>|'Joe'/joe@example.net",
                "<joe@example.net> Joe|Joe/joe@example.net"
            })
    void oneMailboxIsRead(String body, String nameAndAddress) {
        assertThat(Address.parse(body)).hasSize(1);
        var mailbox = (Mailbox) Address.parse(body).get(0);
        int slash = nameAndAddress.indexOf('/');

        assertThat(mailbox.name().orElse("")).isEqualTo(nameAndAddress.substring(0, slash));
        assertThat(mailbox.address().orElse("")).isEqualTo(nameAndAddress.substring(slash + 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@x, b@x|a@x b@x",
                "a@x; b@x|a@x b@x",
                "a@x,,, ,b@x,|a@x b@x",
                "A <a@x> B <b@x>|a@x b@x",
                "A <a@x, B <b@x>|a@x b@x",
                "G: a@x, b@x; c@x|a@x b@x c@x",
                "G: a@x; H: b@x;|a@x b@x",
                "G: a@x, b@x|a@x b@x"
            })
    void severalAreReadHoweverTheyAreDivided(String body, String addresses) {
        assertThat(Address.mailboxes(Address.parse(body)))
                .extracting(mailbox -> mailbox.address().orElse("-"))
                .containsExactly(addresses.split(" ", -1));
    }

    @Test
    void aNameAfterAMissingCommaIsTheSecondOnes() {
        assertThat(Address.mailboxes(Address.parse("A <a@x> B <b@x>")))
                .extracting(mailbox -> mailbox.name().orElse("-"))
                .containsExactly("A", "B");
    }

    @Test
    void groupsKeepTheirNamesAndMayBeEmpty() {
        assertThat(Address.parse("undisclosed-recipients:;, \"The =?utf-8?q?Zo=C3=AB?=s\": z@x;, a@x"))
                .containsExactly(
                        new Group(Optional.of("undisclosed-recipients"), List.of()),
                        new Group(Optional.of("The Zoës"), List.of(new Mailbox(Optional.empty(), Optional.of("z@x")))),
                        new Mailbox(Optional.empty(), Optional.of("a@x")));
    }

    @Test
    void foldsAreNoPartOfNamesAndAddresses() {
        assertThat(Address.parse(" \"Joe\r\n Public\"\r\n <joe@\r\n example.net>\r\n"))
                .containsExactly(new Mailbox(Optional.of("Joe Public"), Optional.of("joe@example.net")));
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "','", "';'", "<>", "()", "'(only a comment)'", "':'", "'\"'", "'\"\"'"})
    void nothingIsRead(String body) {
        assertThat(Address.parse(body)).isEmpty();
    }
}
