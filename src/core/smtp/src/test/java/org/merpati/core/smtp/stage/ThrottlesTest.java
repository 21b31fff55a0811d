package org.merpati.core.smtp.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.config.ConfigException;
import org.merpati.core.api.config.ThrottleKey;
import org.merpati.core.api.config.ThrottleStep;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.Verdict;

class ThrottlesTest {
    private static final Verdict OVER = Verdict.refuse(451, "4.7.1", "Rate limit exceeded, try again later");

    private static Stages once(String keys, String... more) {
        var settings = new String[more.length + 4];
        settings[0] = "throttle.mine.keys";
        settings[1] = keys;
        settings[2] = "throttle.mine.rate";
        settings[3] = "1/1h";
        System.arraycopy(more, 0, settings, 4, more.length);
        return Sessions.stages(settings);
    }

    /** The usual event, or one that differs in what the key names. */
    private static boolean passes(Stages stages, String differing) {
        boolean all = differing.equals("all");
        var session = Sessions.session(
                differing.equals("listener") ? "other" : "submission",
                differing.equals("remote-ip") ? "192.0.2.2" : "192.0.2.1",
                differing.equals("local-ip") ? "198.51.100.8" : "198.51.100.7",
                Optional.of(differing.equals("helo-domain") ? "b.example" : all ? "A.Example" : "a.example"),
                Optional.of(differing.equals("authenticated-as") ? "bob" : "alice"));
        var sender = differing.equals("sender")
                ? "y@from.example"
                : differing.equals("sender-domain") ? "x@else.example" : all ? "X@From.Example" : "x@from.example";
        var recipient = differing.equals("rcpt")
                ? "v@to.example"
                : differing.equals("rcpt-domain") ? "u@else.example" : all ? "U@TO.example" : "u@to.example";
        return stages.rcpt(session, Sessions.rcpt(sender, recipient)) instanceof Verdict.Continue;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listener",
                "remote-ip",
                "local-ip",
                "helo-domain",
                "authenticated-as",
                "sender",
                "sender-domain",
                "rcpt",
                "rcpt-domain"
            })
    void eachKeyTellsWhatItNamesApartAndNothingElse(String key) {
        var stages = once(key, "throttle.mine.stage", "rcpt");
        assertThat(passes(stages, "nothing")).isTrue();
        assertThat(passes(stages, "all")).as("in other case").isFalse();
        assertThat(passes(stages, key)).as("another %s", key).isTrue();
        assertThat(passes(stages, key)).isFalse();
        for (var other : ThrottleKey.values()) {
            // another domain is another address too, the other way round it isn't
            boolean same = !other.text().startsWith(key) && !key.startsWith(other.text());
            if (same && !(key.equals("sender") || key.equals("rcpt"))) {
                assertThat(passes(stages, other.text())).as(other.text()).isFalse();
            }
        }
    }

    @Test
    void keysTogetherTellWhatEachOfThemTellsApart() {
        var stages = once("sender-domain,rcpt");

        assertThat(passes(stages, "nothing")).isTrue();
        assertThat(passes(stages, "sender")).isFalse();
        assertThat(passes(stages, "sender-domain")).isTrue();
        assertThat(passes(stages, "rcpt")).isTrue();
        assertThat(passes(stages, "remote-ip")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, ::ffff:192.0.2.1, true"
    })
    void anIpv6ClientIsCountedByItsSlash64(String first, String second, boolean same) {
        var stages = once("remote-ip");
        stages.connect(Sessions.from(first));

        assertThat(stages.connect(Sessions.from(second)) instanceof Verdict.Close)
                .isEqualTo(same);
    }

    @Test
    void atConnectTheSessionIsClosedForNow() {
        var stages = once("remote-ip");

        assertThat(stages.connect(Sessions.USUAL)).isEqualTo(Verdict.proceed());
        assertThat(stages.connect(Sessions.USUAL)).isEqualTo(Verdict.close("Rate limit exceeded, try again later"));
    }

    @Test
    void eachStepIsCountedWhereItIsAskedFor() {
        SmtpSessionView session =
                Sessions.session("submission", "192.0.2.1", "198.51.100.7", Optional.of("pc"), Optional.of("alice"));
        for (var step : ThrottleStep.values()) {
            var stages = once("remote-ip", "throttle.mine.stage", step.text());
            for (int i = 0; i < 2; i++) {
                var over = i == 1;
                assertThat(stages.connect(session) instanceof Verdict.Close)
                        .as("connect of %s", step)
                        .isEqualTo(over && step.text().equals("connect"));
                assertThat(stages.ehlo(session).equals(OVER))
                        .isEqualTo(over && step.text().equals("ehlo"));
                assertThat(stages.auth(session).equals(OVER))
                        .isEqualTo(over && step.text().equals("auth"));
                assertThat(stages.mail(session, Sessions.mail("a@b.c")).equals(OVER))
                        .isEqualTo(over && step.text().equals("mail"));
                assertThat(stages.rcpt(session, Sessions.rcpt("a@b.c", "d@e.f")).equals(OVER))
                        .isEqualTo(over && step.text().equals("rcpt"));
            }
        }
    }

    @Test
    void whoHasNotSignedInIsNotCountedByLogin() {
        var stages = once("authenticated-as", "throttle.mine.stage", "mail");

        assertThat(stages.mail(Sessions.USUAL, Sessions.mail("a@b.c"))).isEqualTo(Verdict.proceed());
        assertThat(stages.mail(Sessions.USUAL, Sessions.mail("a@b.c"))).isEqualTo(Verdict.proceed());
    }

    @Test
    void onlyWhatMatchesIsCounted() {
        var stages = once("remote-ip", "throttle.mine.match", "is_ip_in_cidr(remote_ip, '192.0.2.0/24')");

        assertThat(stages.connect(Sessions.from("203.0.113.1"))).isEqualTo(Verdict.proceed());
        assertThat(stages.connect(Sessions.from("203.0.113.1"))).isEqualTo(Verdict.proceed());
        assertThat(stages.connect(Sessions.from("192.0.2.9"))).isEqualTo(Verdict.proceed());
        assertThat(stages.connect(Sessions.from("192.0.2.9"))).isInstanceOf(Verdict.Close.class);
    }

    @Test
    void aMatchThatFailsRefusesForNow() {
        var stages = once("sender", "throttle.mine.match", "1 / (is_tls ? 1 : 0) > 0");

        assertThat(stages.mail(Sessions.USUAL, Sessions.mail("a@b.c")))
                .isEqualTo(Verdict.refuse(451, "4.3.5", "A rule of this server failed, try again later"));
    }

    @Test
    void aMatchThatIsNoRuleIsSaidAtStartWithItsPlace() {
        assertThatThrownBy(() -> once("remote-ip", "throttle.mine.match", "remote_ip ==\n colour"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("throttle.mine.match (from test): not right at 2:2: ");
    }

    @Test
    void theUsualThrottlesLeaveLoopbackAndSubmissionAlone() {
        var config = Sessions.config(
                "throttle.connections.enabled", "true",
                "throttle.connections.rate", "1/1h",
                "throttle.sender-to-recipient.enabled", "true",
                "throttle.sender-to-recipient.rate", "1/1h");
        var stages = Stages.of(config, () -> 0);
        var alice =
                Sessions.session("submission", "192.0.2.1", "198.51.100.7", Optional.of("pc"), Optional.of("alice"));
        for (var session : new SmtpSessionView[] {
            Sessions.from("127.0.0.1"), Sessions.from("127.9.9.9"), Sessions.from("::1"), alice
        }) {
            stages.connect(session);
            assertThat(stages.connect(session)).as(session.toString()).isEqualTo(Verdict.proceed());
        }
        stages.rcpt(alice, Sessions.rcpt("a@b.c", "d@e.f"));
        assertThat(stages.rcpt(alice, Sessions.rcpt("a@b.c", "d@e.f"))).isEqualTo(Verdict.proceed());

        stages.connect(Sessions.USUAL);
        assertThat(stages.connect(Sessions.USUAL)).isInstanceOf(Verdict.Close.class);
        stages.rcpt(Sessions.USUAL, Sessions.rcpt("a@b.c", "d@e.f"));
        assertThat(stages.rcpt(Sessions.USUAL, Sessions.rcpt("x@B.c", "d@e.f"))).isEqualTo(OVER);
        assertThat(stages.rcpt(Sessions.USUAL, Sessions.rcpt("a@b.c", "g@e.f"))).isEqualTo(Verdict.proceed());
    }

    @Test
    void withoutLimitsNothingIsCounted() {
        var stages = once("remote-ip", "limits.enabled", "false");

        stages.connect(Sessions.USUAL);
        assertThat(stages.connect(Sessions.USUAL)).isEqualTo(Verdict.proceed());
    }

    @Test
    void timeFillsThemAgain() {
        var now = new long[1];
        var stages = Stages.of(
                Sessions.config("throttle.mine.keys", "remote-ip", "throttle.mine.rate", "2/1m"), () -> now[0]);
        stages.connect(Sessions.USUAL);
        stages.connect(Sessions.USUAL);
        assertThat(stages.connect(Sessions.USUAL)).isInstanceOf(Verdict.Close.class);

        now[0] += Duration.ofSeconds(30).toNanos();

        assertThat(stages.connect(Sessions.USUAL)).isEqualTo(Verdict.proceed());
        assertThat(stages.connect(Sessions.USUAL)).isInstanceOf(Verdict.Close.class);
    }
}
