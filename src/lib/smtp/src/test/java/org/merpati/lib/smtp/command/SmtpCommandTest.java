package org.merpati.lib.smtp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.path.ReversePath;

/** The syntax of each command; what the server makes of them is in the transcripts of core/smtp. */
class SmtpCommandTest {
    private static SmtpCommand strict(String line) {
        return SmtpCommand.parse(line, Leniency.NONE);
    }

    private static SmtpCommand lenient(String line) {
        return SmtpCommand.parse(line, Leniency.ALL);
    }

    @Test
    void verbsAndKeywordsHaveNoCase() {
        assertThat(strict("mAiL fRoM:<> size=10 Body=8BitMime"))
                .isEqualTo(new Mail(new ReversePath.Null(), OptionalLong.of(10), BodyType.EIGHT_BIT_MIME));
        assertThat(strict("quit")).isEqualTo(new Quit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL FROM: <>", "MAIL FROM:<> ", "QUIT ", "DATA\t", "EHLO under_score", "RCPT TO:  <a@b>"})
    void leniencyIsASwitch(String line) {
        assertThat(lenient(line)).isNotNull();
        assertThatThrownBy(() -> strict(line)).isInstanceOf(SmtpSyntaxException.class);
    }

    @Test
    void theLongestSizeIsTheGreatestLong() {
        assertThat(strict("MAIL FROM:<> SIZE=99999999999999999999"))
                .isEqualTo(new Mail(new ReversePath.Null(), OptionalLong.of(Long.MAX_VALUE), BodyType.SEVEN_BIT));
    }

    @ParameterizedTest
    @EnumSource(
            value = SmtpVerb.class,
            names = {"EXPN", "AUTH", "STARTTLS", "BDAT", "ETRN", "TURN", "SEND", "SOML", "SAML"})
    void whatIsNotOfferedIsKnown(SmtpVerb verb) {
        assertThat(strict(verb + " whatever")).isEqualTo(new NotOffered(verb));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X", "QUITE", "MAILFROM:<>", " QUIT", "\tQUIT", "Q\u00dcIT", "250 ok"})
    void whatIsNoVerbIsUnrecognised(String line) {
        assertThatThrownBy(() -> lenient(line)).isInstanceOfSatisfying(SmtpSyntaxException.class, e -> {
            assertThat(e.reply().code()).isEqualTo(500);
            assertThat(e.reply().enhanced().orElseThrow()).hasToString("5.5.2");
        });
    }

    @Test
    void onlyRcptMailAndRsetMayWaitForTheirReplies() {
        for (var verb : SmtpVerb.values()) {
            assertThat(verb.has(SmtpVerb.Effect.REPLY_MAY_WAIT))
                    .isEqualTo(verb == SmtpVerb.MAIL || verb == SmtpVerb.RCPT || verb == SmtpVerb.RSET);
        }
    }
}
