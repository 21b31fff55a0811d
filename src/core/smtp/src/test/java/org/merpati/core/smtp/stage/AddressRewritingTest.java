package org.merpati.core.smtp.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.config.ConfigException;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.Verdict;

class AddressRewritingTest {
    private static final Verdict FAILED = Verdict.refuse(451, "4.3.5", "A rule of this server failed, try again later");

    private static AddressVerdict recipient(String rule, String recipient) {
        return Sessions.stages("rewrite.recipient", rule)
                .rcpt(Sessions.USUAL, Sessions.rcpt("from@example.net", recipient));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "if matches('^(.+)[.](.+)@(.+)$', rcpt) then $2 + '@' + $3 else '' | first.last@a.example | last@a.example",
                "if matches('^(.+)[.](.+)@(.+)$', rcpt) then $2 + '@' + $3 else '' | plain@a.example | -",
                "if matches('^([^+]+)[+].*@(.+)$', rcpt) then $1 + '@' + to_lowercase($2) else false | u+tag@A.Example | u@a.example",
                "if rcpt_domain == 'old.example' then email_part(rcpt, 'local') + '@new.example' else rcpt | u@OLD.example | u@new.example",
                "if rcpt_domain == 'old.example' then 'x@new.example' else rcpt | u@else.example | -",
                "if listener == 'smtp' && remote_ip == '192.0.2.1' && local_port == 25 then 'x@y.example' else '' | a@b.example | x@y.example",
                "if sender == 'from@example.net' && sender_domain == 'example.net' then 'x@y.example' else '' | a@b.example | x@y.example",
                "if helo_domain == 'mx.example.net' && !is_tls && authenticated_as == '' then 'x@y.example' else '' | a@b.example | x@y.example",
                "if protocol == 'smtp' && local_ip == '198.51.100.7' && remote_port == 40000 then 'x@y.example' else '' | a@b.example | x@y.example",
                "'x' + rcpt | a@b.example | xa@b.example",
                "false | a@b.example | -",
                "'postmaster' | a@b.example | postmaster"
            })
    void aRulesTextIsTheNewRecipient(String rule, String recipient, String expected) {
        assertThat(recipient(rule, recipient))
                .isEqualTo(expected.equals("-") ? Verdict.proceed() : AddressVerdict.replace(expected));
    }

    @Test
    void aRulesTextIsTheNewSenderAndRecipientsSeeIt() {
        var stages =
                Sessions.stages("rewrite.sender", "if authenticated_as == 'alice' then 'alice@example.org' else false");
        var alice =
                Sessions.session("submission", "192.0.2.1", "198.51.100.7", Optional.of("pc"), Optional.of("alice"));

        assertThat(stages.mail(alice, Sessions.mail("root@pc.lan")))
                .isEqualTo(AddressVerdict.replace("alice@example.org"));
        assertThat(stages.mail(Sessions.USUAL, Sessions.mail("root@pc.lan"))).isEqualTo(Verdict.proceed());
    }

    @Test
    void theNullSenderAndThePostmasterStay() {
        var stages = Sessions.stages("rewrite.sender", "'x@y.example'", "rewrite.recipient", "'x@y.example'");

        assertThat(stages.mail(Sessions.USUAL, Sessions.mail(""))).isEqualTo(Verdict.proceed());
        assertThat(stages.rcpt(Sessions.USUAL, Sessions.rcpt("", "postmaster"))).isEqualTo(Verdict.proceed());
    }

    @Test
    void theSameAddressIsNoReplacement() {
        assertThat(recipient("rcpt", "a@b.example")).isEqualTo(Verdict.proceed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 / 0",
                "true",
                "7",
                "[rcpt, rcpt]",
                "'no address'",
                "'@b.example'",
                "'@c.example:a@b.example'",
                "'a@'",
                "'a@b.example>'",
                "'a@b.example> SIZE=1'",
                "'<a@b.example>'",
                "'a@b.example\\r\\nRCPT TO:<b@b.example>'",
                "'\u00e4@b.example'"
            })
    void whatIsNoAddressRefusesForNow(String rule) {
        assertThat(recipient(rule, "a@b.example")).isEqualTo(FAILED);
    }

    @Test
    void aRuleThatCostsTooMuchRefusesForNow() {
        var rule = "matches('(x+x+)+y', " + "rcpt + ".repeat(500) + "rcpt)";

        assertThat(recipient(rule, "x".repeat(60) + "@" + "x".repeat(60) + ".example"))
                .isEqualTo(FAILED);
    }

    @Test
    void addressesInUtf8AreMadeOnlyWhereTheClientAskedForThem() {
        var stages = Sessions.stages("rewrite.sender", "'\u00e4@b.example'");

        assertThat(stages.mail(Sessions.USUAL, new MailRequest("a@b.example", 0, true)))
                .isEqualTo(AddressVerdict.replace("\u00e4@b.example"));
        assertThat(stages.mail(Sessions.USUAL, new MailRequest("a@b.example", 0, false)))
                .isEqualTo(FAILED);
    }

    @Test
    void whatIsWrongWithARuleIsSaidAtStartWithItsPlace() {
        assertThatThrownBy(() -> Sessions.stages("rewrite.sender", "if sender\n == 'a' than 'b'"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("rewrite.sender (from test): not right at 2:9: ");
        assertThatThrownBy(() -> Sessions.stages("rewrite.recipient", "colour"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("rewrite.recipient (from test): not right at 1:1: ");
    }
}
