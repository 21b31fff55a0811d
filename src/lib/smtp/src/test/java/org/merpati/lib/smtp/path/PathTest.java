package org.merpati.lib.smtp.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException;

/** RFC 5321 §4.1.2, §4.1.3. */
class PathTest {
    private static ReversePath reverse(String text, Set<Leniency> leniencies) {
        return ReversePath.parse(new CommandReader(text, leniencies, Set.of()));
    }

    private static String parsed(String text) {
        return reverse(text, Leniency.NONE).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<>|``",
                "<a@b>|a@b",
                "<First.Last+tag@Example.ORG>|First.Last+tag@Example.ORG",
                "<!#$%&'*+-/=?^_{}~@x-1.example>|!#$%&'*+-/=?^_{}~@x-1.example",
                "<\"a b\"@example.org>|\"a b\"@example.org",
                "<\"plain\"@example.org>|plain@example.org",
                "<\"p\\lain\"@example.org>|plain@example.org",
                "<\"a\\\"b\\\\\"@example.org>|\"a\\\"b\\\\\"@example.org",
                "<\"a..b\"@example.org>|\"a..b\"@example.org",
                "<\">\"@example.org>|\">\"@example.org",
                "<@a.example:x@b.example>|x@b.example",
                "<@a.example,@c.example:x@b.example>|x@b.example",
                "<x@[192.0.2.1]>|x@[192.0.2.1]",
                "<x@[IPv6:2001:db8::1]>|x@[IPv6:2001:db8::1]",
                "<x@[IPv6:::]>|x@[IPv6:::]",
                "<x@[IPv6:1:2:3:4:5:6:7:8]>|x@[IPv6:1:2:3:4:5:6:7:8]",
                "<x@[IPv6:::ffff:192.0.2.1]>|x@[IPv6:::ffff:192.0.2.1]",
                "<x@[tag:anything]>|x@[tag:anything]"
            })
    void areReadAndWrittenWithTheFewestQuotes(String text, String written) {
        assertThat(parsed(text)).isEqualTo(written);
        assertThat(parsed("<" + written + ">")).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "a@b",
                "<a@b",
                "<a>",
                "<@>",
                "<@b>",
                "<a@>",
                "<.a@b>",
                "<a.@b>",
                "<a..b@c>",
                "<a b@c>",
                "<a@b c>",
                "<a@.b>",
                "<a@b.>",
                "<a@b..c>",
                "<a@-b>",
                "<a@b->",
                "<a@b_c>",
                "<\"\"@b>",
                "<\"a@b>",
                "<\"a\"b@c>",
                "<\"a\\\"@b>",
                "<a@@b>",
                "<@a.example x@b>",
                "<@a.example,x@b>",
                "<@:x@b>",
                "<a@[1.2.3]>",
                "<a@[1.2.3.256]>",
                "<a@[1.2.3.4>",
                "<a@[]>",
                "<a@[1.2.3.4.5]>",
                "<a@[IPv6:]>",
                "<a@[IPv6:1:2:3:4:5:6:7]>",
                "<a@[IPv6:1::2::3]>",
                "<a@[IPv6:12345::]>",
                "<a@[IPv6:1:2:3:4:5:6::7:8]>",
                "<a@[IPv6:1:2:3:4:5:6:7:8:9]>",
                "<a@[IPv6:g::]>",
                "<a@[IPv6:1.2.3.4::]>",
                "<a@[x]>",
                "<a@[IPv6::1]>",
                "<\0@b>",
                "<a@[IPv6:1:]>",
                "<\u00e9@b>",
                "<a@\u00e9>",
                "<< a@b>",
                "<a@b\r>"
            })
    void whatIsNoPathIsRefused(String text) {
        assertThatThrownBy(() -> reverse(text, Leniency.ALL)).isInstanceOf(SmtpSyntaxException.class);
    }

    @Test
    void lengthsHaveTheirLimits() {
        var domain = ("d".repeat(63) + ".").repeat(3) + "example";
        assertThat(parsed("<" + "x".repeat(54) + "@" + domain + ">")).hasSize(254);
        assertThatThrownBy(() -> parsed("<" + "x".repeat(55) + "@" + domain + ">"))
                .hasMessageContaining("256 octets");
        assertThatThrownBy(() -> parsed("<a@" + "d".repeat(64) + ">")).isInstanceOf(SmtpSyntaxException.class);
        assertThat(parsed("<" + "x".repeat(64) + "@b>")).hasSize(66);
        assertThatThrownBy(() -> parsed("<" + "x".repeat(65) + "@b>")).hasMessageContaining("64 octets");
        assertThat(reverse("<" + "x".repeat(65) + "@b>", Leniency.ALL).text()).hasSize(67);
    }

    @Test
    void literalsAreAddresses() {
        assertThat(address("<a@[192.0.2.1]>").map(InetAddress::getHostAddress)).contains("192.0.2.1");
        assertThat(address("<a@[IPv6:2001:db8::1.2.3.4]>").map(InetAddress::getHostAddress))
                .contains("2001:db8:0:0:0:0:102:304");
        assertThat(address("<a@[ipv6:::1]>").map(InetAddress::getHostAddress)).contains("0:0:0:0:0:0:0:1");
        assertThat(address("<a@[x:y]>")).isEmpty();
    }

    private static Optional<InetAddress> address(String text) {
        return reverse(text, Leniency.NONE) instanceof ReversePath.Sender(var mailbox)
                        && mailbox.domain() instanceof MailDomain.Literal(var shown, var address)
                ? address
                : Optional.empty();
    }

    @Test
    void postmasterNeedsNoDomainAndNobodyElseGoesWithout() {
        assertThat(forward("<Postmaster>")).isEqualTo(new ForwardPath.Postmaster());
        assertThat(forward("<POSTMASTER@example.org>"))
                .isInstanceOfSatisfying(
                        ForwardPath.Recipient.class,
                        r -> assertThat(r.mailbox().postmaster()).isTrue());
        assertThatThrownBy(() -> forward("<root>")).isInstanceOf(SmtpSyntaxException.class);
        assertThatThrownBy(() -> forward("<>")).isInstanceOf(SmtpSyntaxException.class);
    }

    private static ForwardPath forward(String text) {
        return ForwardPath.parse(new CommandReader(text, Leniency.NONE, Set.of()));
    }
}
