package org.merpati.core.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ThrottleSettingsTest {
    private static Config config(String... settings) {
        var given = new TreeMap<>(Map.of("data", "target/no-data"));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return Config.from(given, "test", Map.of(), new Properties());
    }

    private static ThrottleSettings throttle(Config config, String name) {
        return config.throttles().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twoThrottlesAreThereAlready() {
        var throttles = config().throttles();

        assertThat(throttles).extracting(ThrottleSettings::name).containsExactly("connections", "sender-to-recipient");
        assertThat(throttles.get(0).rate()).isEqualTo(new Rate(300, Duration.ofMinutes(1)));
        assertThat(throttles.get(0).at()).isEqualTo(ThrottleStep.CONNECT);
        assertThat(throttles.get(0).match()).isPresent();
        assertThat(throttles.get(1).keys()).containsExactly(ThrottleKey.SENDER_DOMAIN, ThrottleKey.RCPT);
        assertThat(throttles.get(1).at()).isEqualTo(ThrottleStep.RCPT);
    }

    @Test
    void oneThatIsThereCanBeChangedInOnePointAndSwitchedOff() {
        var config = config("throttle.connections.rate", "7/1s", "throttle.sender-to-recipient.enabled", "false");

        assertThat(config.throttles()).hasSize(1);
        assertThat(throttle(config, "connections").rate()).isEqualTo(new Rate(7, Duration.ofSeconds(1)));
        assertThat(throttle(config, "connections").keys()).containsExactly(ThrottleKey.REMOTE_IP);
    }

    @Test
    void oneWithANewNameCountsAtTheFirstStepAtWhichItsKeysAreKnown() {
        var one =
                throttle(config("throttle.mine.keys", "remote-ip, helo-domain", "throttle.mine.rate", "10/2h"), "mine");

        assertThat(one.keys()).isEqualTo(Set.of(ThrottleKey.REMOTE_IP, ThrottleKey.HELO_DOMAIN));
        assertThat(one.at()).isEqualTo(ThrottleStep.EHLO);
        assertThat(one.rate().period()).isEqualTo(Duration.ofHours(2));
        assertThat(one.match()).isEmpty();
    }

    @Test
    void aLaterStepMayBeNamed() {
        var one = throttle(
                config("throttle.a.keys", "remote-ip", "throttle.a.rate", "1/1s", "throttle.a.stage", "rcpt"), "a");

        assertThat(one.at()).isEqualTo(ThrottleStep.RCPT);
    }

    @Test
    void whatIsWrongIsSaidWithTheSettingsName() {
        assertThatThrownBy(() -> config("throttle.a.rate", "1/1s"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("throttle.a.keys is missing: there are other settings for a throttle a, so it needs that");
        assertThatThrownBy(() -> config("throttle.a.keys", "rcpt"))
                .hasMessageStartingWith("throttle.a.rate is missing");
        assertThatThrownBy(() -> config("throttle.a.keys", "colour", "throttle.a.rate", "1/1s"))
                .hasMessageContaining("throttle.a.keys")
                .hasMessageContaining("keys are listener, remote-ip");
        assertThatThrownBy(
                        () -> config("throttle.a.keys", "rcpt", "throttle.a.rate", "1/1s", "throttle.a.stage", "mail"))
                .hasMessage("throttle.a.stage: \"mail\" is not right: what it counts by is not known before rcpt");
        for (var rate : List.of("", "5", "0/1s", "5/0s", "5/31d", "5/second", "-1/1s", "9999999999/1s")) {
            assertThatThrownBy(() -> config("throttle.a.keys", "rcpt", "throttle.a.rate", rate))
                    .as(rate)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("throttle.a.rate");
        }
    }

    @Test
    void theEnvironmentCanNameOne() {
        var config = Config.from(
                Map.of("data", "target/no-data"),
                "test",
                Map.of("MERPATI_THROTTLE_CONNECTIONS_RATE", "9/1m"),
                new Properties());

        assertThat(throttle(config, "connections").rate().count()).isEqualTo(9);
    }
}
