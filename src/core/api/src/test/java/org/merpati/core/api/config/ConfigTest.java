package org.merpati.core.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir
    Path folder;

    @Test
    void laterSourcesWin() throws IOException {
        Files.writeString(
                folder.resolve("merpati.properties"), "smtp.port = 1\nimap.port = 2\nimaps.port = 3\nhttp.port = 4\n");
        var system = new Properties();
        system.setProperty("merpati.imaps.port", "33");
        system.setProperty("merpati.http.port", "44");
        var config = config(
                Map.of("http.port", "444"), Map.of("MERPATI_IMAP_PORT", "22", "MERPATI_IMAPS_PORT", "222"), system);
        assertThat(config.get(Settings.SMTP_PORT)).isEqualTo(1);
        assertThat(config.get(Settings.IMAP_PORT)).isEqualTo(22);
        assertThat(config.get(Settings.IMAPS_PORT)).isEqualTo(33);
        assertThat(config.get(Settings.HTTP_PORT)).isEqualTo(444);
        assertThat(config.get(Settings.HTTPS_PORT)).isEqualTo(8443);
        assertThat(config.entry(Settings.SMTP_PORT).source()).isEqualTo("merpati.properties");
        assertThat(config.entry(Settings.IMAP_PORT).source()).isEqualTo("environment MERPATI_IMAP_PORT");
        assertThat(config.entry(Settings.HTTP_PORT).source()).isEqualTo("--set");
    }

    @Test
    void aSecretComesFromAFileAndIsNeverShown() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "hush\n");
        var config = config(Map.of(), Map.of("MERPATI_ADMIN_PASSWORD_FILE", secret.toString()), new Properties());
        assertThat(config.get(Settings.ADMIN_PASSWORD)).contains("hush");
        assertThat(config.entry(Settings.ADMIN_PASSWORD).shown()).doesNotContain("hush");
    }

    @Test
    void aWrongValueIsNamedInFull() {
        assertRefused(Map.of("smtp.port", "70000"), "smtp.port", "--set", "65535");
        assertRefused(Map.of("smtp.command-timeout", "1m"), "smtp.command-timeout", "5m");
        assertRefused(Map.of("threads", "green"), "auto, virtual, platform");
        assertRefused(Map.of("spool.heap", "much"), "spool.heap");
        assertRefused(Map.of("http.public-url", "ftp://x"), "http.public-url");
        assertRefused(Map.of("hostname", "no host"), "hostname");
    }

    @Test
    void anUnknownNameIsRefusedWithItsNeighbours() {
        assertRefused(Map.of("smtp.prot", "25"), "unknown setting smtp.prot", "smtp.port");
        var system = new Properties();
        system.setProperty("merpati.imap.prot", "143");
        assertThatThrownBy(() -> config(Map.of(), Map.of(), system)).hasMessageContaining("imap.prot");
    }

    @Test
    void whatIsUnsafeNeedsLoopback() {
        for (var unsafe : new String[] {"auth.allow-plaintext=true", "limits.enabled=false"}) {
            var name = unsafe.substring(0, unsafe.indexOf('='));
            var value = unsafe.substring(unsafe.indexOf('=') + 1);
            assertRefused(Map.of(name, value, "bind", "127.0.0.1, 0.0.0.0"), name, "loopback");
            assertThat(config(Map.of(name, value, "bind", "127.0.0.1,::1"), Map.of(), new Properties())
                            .loopbackOnly())
                    .isTrue();
        }
    }

    @Test
    void sizesAndDurationsAreReadWithTheirUnits() {
        var config = config(
                Map.of("spool.heap", "2 gb", "spool.message-heap", "65536", "imap.idle-timeout", "2h"),
                Map.of(),
                new Properties());
        assertThat(config.get(Settings.SPOOL_HEAP).octets()).isEqualTo(2L << 30);
        assertThat(config.get(Settings.SPOOL_MESSAGE_HEAP).octets()).isEqualTo(65_536);
        assertThat(config.get(Settings.IMAP_IDLE_TIMEOUT)).isEqualTo(Duration.ofHours(2));
    }

    private void assertRefused(Map<String, String> given, String... words) {
        assertThatThrownBy(() -> config(given, Map.of(), new Properties()))
                .isInstanceOf(ConfigException.class)
                .message()
                .contains(words);
    }

    private Config config(Map<String, String> given, Map<String, String> environment, Properties system) {
        var all = new HashMap<>(given);
        all.put("data", folder.toString());
        return Config.from(all, "--set", environment, system);
    }
}
