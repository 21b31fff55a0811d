package org.merpati.lib.mime.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.merpati.lib.mime.view.Envelope.Address;

/** RFC 9051 §7.5.2. */
final class EnvelopeTest {
    private static String shown(List<Address> addresses) {
        return addresses.stream()
                .map(a -> Stream.of(a.name(), a.route(), a.mailbox(), a.host())
                        .map(value -> value.orElse("NIL"))
                        .collect(Collectors.joining("|")))
                .collect(Collectors.joining(" & "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "Ann Lee <ann@example.org> ~ Ann Lee|NIL|ann|example.org",
                "\"Joe \\\"Q\\\" Public\" <joe.q@example.org> (comment) ~ Joe \"Q\" Public|NIL|joe.q|example.org",
                "ann@example.org (Ann (A.) Lee) ~ Ann (A.) Lee|NIL|ann|example.org",
                "ann @ example . org ~ NIL|NIL|ann|example.org",
                "\"joe bloggs\"@example.org ~ NIL|NIL|joe bloggs|example.org",
                "<\"a@b\"@example.org> ~ NIL|NIL|a@b|example.org",
                "Mary <@machine.tld, @b:mary@example.net>, x@y ~ Mary|@machine.tld,@b|mary|example.net & NIL|NIL|x|y",
                "=?utf-8?Q?J=C3=BCrgen?= =?utf-8?Q?M,_x?= <j@x> ~ =?utf-8?Q?J=C3=BCrgen?= =?utf-8?Q?M,_x?=|NIL|j|x",
                "G: a@b, \"C D\" <c@d>;, e@f ~ NIL|NIL|G|NIL & NIL|NIL|a|b & C D|NIL|c|d & NIL|NIL|NIL|NIL & NIL|NIL|e|f",
                "undisclosed-recipients:; ~ NIL|NIL|undisclosed-recipients|NIL & NIL|NIL|NIL|NIL",
                "open: a@b ~ NIL|NIL|open|NIL & NIL|NIL|a|b & NIL|NIL|NIL|NIL",
                "bob ~ NIL|NIL|bob|",
                "Foo <> ~ Foo|NIL||",
                "<>, ,, () ~ ``",
                "Foo <foo@x, bar@y ~ Foo|NIL|foo|x & NIL|NIL|bar|y",
                "Foo <a(b, (c>) d)@(e)f.g> ~ Foo|NIL|a|f.g",
                "Foo <a(b@c> ~ Foo|NIL|a(b|c",
                "\"open <a@b>, c@d ~ \"open|NIL|a|b & NIL|NIL|c|d",
                "a@[IPv6:::1] ~ NIL|NIL|a|[IPv6:::1]",
                "Jürgen <j@x> ~ =?utf-8?Q?J=C3=BCrgen?=|NIL|j|x",
                "=?utf-8?Q?J=C3=BC?= Ä <ä@x> ~ =?utf-8?B?SsO8IMOE?=|NIL|ä|x",
                "\"Ann Lee\", Bob Lee ~ Ann Lee|NIL|| & Bob Lee|NIL||",
            })
    void addressesAreTakenApartAndNotDecoded(String field, String expected) {
        assertThat(shown(new EnvelopeAddresses(field).read())).isEqualTo(expected);
    }

    private static Envelope envelope(String header) {
        return Envelope.of(Samples.message(header + "\n").root().header());
    }

    @Test
    void whatIsAbsentIsNotEmpty() {
        var envelope = envelope("Subject:\nMessage-ID: \n");
        assertThat(envelope.subject()).contains("");
        assertThat(envelope.messageId()).contains("");
        assertThat(envelope.date()).isEmpty();
        assertThat(envelope.inReplyTo()).isEmpty();
        assertThat(envelope.sender()).isEmpty();
    }

    @Test
    void senderAndReplyToAreFromWhereTheyAreMissingOrEmpty() {
        var envelope = envelope("From: a@b\nSender:\n");
        assertThat(shown(envelope.sender())).isEqualTo("NIL|NIL|a|b");
        assertThat(envelope.replyTo()).isEqualTo(envelope.sender());
        assertThat(shown(envelope("From: a@b\nReply-To: c@d\n").replyTo())).isEqualTo("NIL|NIL|c|d");
    }

    @Test
    void fieldsAreUnfoldedAndNotDecoded() {
        var envelope =
                envelope("Subject: =?utf-8?Q?a?=\n\t =?utf-8?Q?b?=  c\nDate: Mon, 1 Jan 2020\n 00:00:00 +0000\n");
        assertThat(envelope.subject()).contains("=?utf-8?Q?a?= =?utf-8?Q?b?=  c");
        assertThat(envelope.date()).contains("Mon, 1 Jan 2020 00:00:00 +0000");
    }

    @Test
    void whatIsBeyondAsciiBecomesEncodedWords() {
        assertThat(envelope("Subject: =?utf-8?Q?a?= Grüße\n").subject()).contains("=?utf-8?B?YSBHcsO8w59l?=");
    }

    @Test
    void theLastOfSeveralFieldsCounts() {
        assertThat(envelope("Subject: one\nSubject: two\n").subject()).isEqualTo(Optional.of("two"));
    }

    static Stream<String> hostile() {
        int n = 1 << 20;
        return Stream.of(
                "<".repeat(n),
                "\"".repeat(n),
                "\"\\".repeat(n / 2),
                "(".repeat(n),
                "<" + "(".repeat(n),
                "<" + "(a)".repeat(n / 3),
                "a<b".repeat(n / 3),
                "<@".repeat(n / 2),
                "=?".repeat(n / 2),
                "=".repeat(n),
                "a@".repeat(n / 2),
                "a:".repeat(n / 2),
                "a:;".repeat(n / 3),
                "a@b,".repeat(n / 4),
                ",".repeat(n),
                "a ".repeat(n / 2));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Timeout(5)
    void aHostileListIsReadOnce(String field) {
        assertThat(new EnvelopeAddresses(field).read().size()).isLessThanOrEqualTo(10_001);
    }
}
