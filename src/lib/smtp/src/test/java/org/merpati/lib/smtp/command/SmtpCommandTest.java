package org.merpati.lib.smtp.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException;

/** The syntax of each command; what the server makes of them is in the transcripts of core/smtp. */
class SmtpCommandTest {
    private static final Set<Extension> ALL = EnumSet.allOf(Extension.class);

    private static SmtpCommand strict(String line) {
        return SmtpCommand.parse(line, Leniency.NONE, ALL);
    }

    private static SmtpCommand lenient(String line) {
        return SmtpCommand.parse(line, Leniency.ALL, ALL);
    }

    private static MailParameters mail(String line) {
        return ((Mail) strict(line)).parameters();
    }

    private static Rcpt rcpt(String line) {
        return (Rcpt) strict(line);
    }

    @Test
    void verbsAndKeywordsHaveNoCase() {
        var parameters = mail("mAiL fRoM:<> size=10 Body=8BitMime");
        assertThat(parameters.size()).hasValue(10);
        assertThat(parameters.body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
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
        assertThat(mail("MAIL FROM:<> SIZE=99999999999999999999").size()).hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(
            value = SmtpVerb.class,
            names = {"EXPN", "ETRN", "TURN", "SEND", "SOML", "SAML"})
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

    @Test
    void parametersOfEveryExtensionAreRead() {
        var all = mail(
                "MAIL FROM:<a@b.example> BODY=BINARYMIME SMTPUTF8 AUTH=e+3Dmc2@example.com RET=HDRS ENVID=QQ+2B1 REQUIRETLS"
                        + " BY=-10;NT HOLDFOR=60 MT-PRIORITY=-3 SOLICIT=net.example:ADV,org.example.X");
        assertThat(all)
                .isEqualTo(new MailParameters(
                        OptionalLong.empty(),
                        BodyType.BINARY_MIME,
                        true,
                        Optional.of("e=mc2@example.com"),
                        Optional.of(ReturnContent.HDRS),
                        Optional.of("QQ+1"),
                        true,
                        Optional.of(new DeliverBy(-10, DeliverBy.Mode.NOTIFY, true)),
                        Optional.of(new Hold.For(Duration.ofMinutes(1))),
                        OptionalInt.of(-3),
                        List.of("net.example:adv", "org.example.x")));
        assertThat(mail("MAIL FROM:<> HOLDUNTIL=2026-11-21T10:00:00Z").hold())
                .contains(new Hold.Until(Instant.parse("2026-11-21T10:00:00Z")));
        assertThat(mail("MAIL FROM:<> AUTH=<>").auth()).contains("");
        assertThat(mail("MAIL FROM:<>")).isEqualTo(MailParameters.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIZE",
                "SIZE=x",
                "BODY=9BIT",
                "SMTPUTF8=1",
                "REQUIRETLS=yes",
                "AUTH=a+zz",
                "AUTH=a+3",
                "RET=ALL",
                "ENVID=a+07b",
                "BY=10",
                "BY=10;X",
                "BY=0;R",
                "BY=-1;R",
                "BY=1234567890;N",
                "BY=;N",
                "HOLDFOR=",
                "HOLDFOR=-1",
                "HOLDUNTIL=tomorrow",
                "HOLDFOR=1 HOLDUNTIL=2026-11-21T10:00:00Z",
                "MT-PRIORITY=10",
                "MT-PRIORITY=+1",
                "SOLICIT=1x",
                "SOLICIT=a,,b",
                "SIZE=1 SIZE=1"
            })
    void whatIsNoValueIsRefusedWith501(String parameter) {
        assertThatThrownBy(() -> strict("MAIL FROM:<> " + parameter))
                .isInstanceOfSatisfying(
                        SmtpSyntaxException.class,
                        e -> assertThat(e.reply().code()).isEqualTo(501));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SIZE=1", "BODY=7BIT", "SMTPUTF8", "RET=FULL", "REQUIRETLS", "BY=1;N", "HOLDFOR=1", "X-Y=1"})
    void parametersOfWhatIsNotOfferedAreUnknown(String parameter) {
        assertThatThrownBy(() -> SmtpCommand.parse("MAIL FROM:<> " + parameter, Leniency.ALL, Set.of()))
                .isInstanceOfSatisfying(
                        SmtpSyntaxException.class,
                        e -> assertThat(e.reply().code()).isEqualTo(555));
    }

    @Test
    void binaryNeedsAnExtensionOfItsOwn() {
        assertThatThrownBy(() -> SmtpCommand.parse(
                        "MAIL FROM:<> BODY=BINARYMIME", Leniency.ALL, Set.of(Extension.EIGHT_BIT_MIME)))
                .isInstanceOf(SmtpSyntaxException.class);
    }

    @Test
    void recipientsSayWhenTheSenderWantsToHear() {
        assertThat(rcpt("RCPT TO:<a@b.example>").wishes()).isEmpty();
        assertThat(rcpt("RCPT TO:<a@b.example> NOTIFY=never").wishes()).contains(Set.of());
        var both = rcpt("RCPT TO:<a@b.example> NOTIFY=SUCCESS,delay ORCPT=RFC822;a+2Bx@b.example");
        assertThat(both.wishes()).contains(Set.of(Notify.SUCCESS, Notify.DELAY));
        assertThat(both.original()).contains(new OriginalRecipient("rfc822", "a+x@b.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFY",
                "NOTIFY=",
                "NOTIFY=SUCCESS,SUCCESS",
                "NOTIFY=NEVER,DELAY",
                "ORCPT=a@b",
                "ORCPT=;a",
                "ORCPT=rfc822;",
                "ORCPT=rfc822;a+0Ab"
            })
    void whatIsNoWishIsRefused(String parameter) {
        assertThatThrownBy(() -> strict("RCPT TO:<a@b.example> " + parameter))
                .isInstanceOfSatisfying(
                        SmtpSyntaxException.class,
                        e -> assertThat(e.reply().code()).isEqualTo(501));
    }

    @Test
    void utf8NeedsItsParameter() {
        var octets = new String(
                "<d\u00f6rte@b\u00fccher.example>".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(((Mail) strict("MAIL FROM:" + octets + " SMTPUTF8")).from().text())
                .isEqualTo("d\u00f6rte@b\u00fccher.example");
        assertThat(rcpt("RCPT TO:" + octets).needsSmtpUtf8()).isTrue();
        assertThatThrownBy(() -> strict("MAIL FROM:" + octets))
                .isInstanceOfSatisfying(
                        SmtpSyntaxException.class,
                        e -> assertThat(e.reply())
                                .hasToString("553 5.6.7 An address that is not ASCII needs SMTPUTF8"));
        assertThatThrownBy(() -> SmtpCommand.parse("RCPT TO:" + octets, Leniency.ALL, Set.of()))
                .isInstanceOfSatisfying(
                        SmtpSyntaxException.class,
                        e -> assertThat(e.reply().code()).isEqualTo(501));
        assertThatThrownBy(() -> strict("RCPT TO:<d\u00f6rte@b.example>")).isInstanceOf(SmtpSyntaxException.class);
    }

    @Test
    void authMayBringItsFirstResponse() {
        assertThat(strict("auth plain")).isEqualTo(new Auth("PLAIN", Optional.empty()));
        assertThat(strict("AUTH SCRAM-SHA-256 biws")).isEqualTo(new Auth("SCRAM-SHA-256", Optional.of("biws")));
        assertThat(strict("AUTH EXTERNAL =")).isEqualTo(new Auth("EXTERNAL", Optional.of("")));
        assertThat(strict("AUTH PLAIN " + "x".repeat(12_000))).hasToString("Auth[mechanism=PLAIN]");
        assertThatThrownBy(() -> strict("NOOP " + "x".repeat(12_000))).isInstanceOf(SmtpSyntaxException.class);
        assertThatThrownBy(() -> strict("AUTH")).isInstanceOf(SmtpSyntaxException.class);
        assertThatThrownBy(() -> strict("AUTH PLAIN a b")).isInstanceOf(SmtpSyntaxException.class);
    }

    @Test
    void verbsOfExtensionsAreNotOfferedWithoutThem() {
        for (var verb : List.of(SmtpVerb.AUTH, SmtpVerb.STARTTLS, SmtpVerb.BDAT)) {
            assertThat(SmtpCommand.parse(verb + " 1", Leniency.ALL, Set.of())).isEqualTo(new NotOffered(verb));
        }
    }

    @Test
    void aChunkOfUnknownSizeIsAFaultOfItsOwn() {
        assertThat(strict("BDAT 86 last")).isEqualTo(new Bdat(86, true));
        assertThat(strict("bdat 0")).isEqualTo(new Bdat(0, false));
        for (var line :
                List.of("BDAT", "BDAT x", "BDAT -1", "BDAT 1 FIRST", "BDAT 1 LAST x", "BDAT " + "9".repeat(19))) {
            assertThatThrownBy(() -> strict(line))
                    .isInstanceOfSatisfying(
                            SmtpSyntaxException.class,
                            e -> assertThat(e.fault()).isEqualTo(SmtpSyntaxException.Fault.CHUNK));
        }
    }
}
