package org.merpati.core.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static ListenerSettings listener(Config config, String name) {
        return config.listeners().stream()
                .filter(listener -> listener.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Config config(Map<String, String> given) {
        return config(given, Map.of(), new Properties());
    }

    @Test
    void theUsualListenersAreThere() {
        assertThat(config(Map.of()).listeners())
                .extracting(ListenerSettings::name, ListenerSettings::port, ListenerSettings::tls)
                .containsExactly(
                        tuple("smtp", 2525, TlsMode.STARTTLS),
                        tuple("submission", 2587, TlsMode.STARTTLS),
                        tuple("submissions", 2465, TlsMode.IMPLICIT),
                        tuple("lmtp", 2224, TlsMode.NONE),
                        tuple("imap", 2143, TlsMode.STARTTLS),
                        tuple("imaps", 2993, TlsMode.IMPLICIT));
    }

    @Test
    void aNamedListenerInheritsWhatItDoesNotSay() {
        var config = config(Map.of(
                "listener.mx2.protocol",
                "smtp",
                "listener.mx2.port",
                "26",
                "bind",
                "::1",
                "proxy.trusted",
                "10.0.0.0/8"));
        assertThat(listener(config, "mx2"))
                .isEqualTo(new ListenerSettings(
                        "mx2",
                        ListenerProtocol.SMTP,
                        List.of("::1"),
                        26,
                        TlsMode.STARTTLS,
                        List.of(Network.parse("10.0.0.0/8"))));
        assertThat(config.listeners().getLast().name()).isEqualTo("mx2");
        assertThat(config.entries())
                .extracting(entry -> entry.setting().name() + " " + entry.shown() + " " + entry.source())
                .contains(
                        "listener.mx2.protocol smtp --set",
                        "listener.mx2.bind ::1 bind",
                        "listener.mx2.tls starttls default",
                        "listener.lmtp.bind 127.0.0.1 default");
    }

    @Test
    void aListenersSettingsComeFromEverySource() throws IOException {
        Files.writeString(
                folder.resolve("merpati.properties"), "listener.in-2.protocol = lmtp\nlistener.in-2.port = 1\n");
        var system = new Properties();
        system.setProperty("merpati.listener.in-2.tls", "implicit");
        var config = config(
                Map.of(),
                Map.of(
                        "MERPATI_LISTENER_IN_2_PORT", "24",
                        "MERPATI_LISTENER_SMTP_PORT", "25",
                        "MERPATI_LISTENER_IN_2_PROXY_TRUSTED", "192.0.2.1, 2001:db8::/32"),
                system);
        assertThat(listener(config, "in-2"))
                .isEqualTo(new ListenerSettings(
                        "in-2",
                        ListenerProtocol.LMTP,
                        List.of("127.0.0.1"),
                        24,
                        TlsMode.IMPLICIT,
                        List.of(Network.parse("192.0.2.1/32"), Network.parse("2001:db8::/32"))));
        assertThat(listener(config, "smtp").port()).isEqualTo(25);
    }

    @Test
    void theLongNameOfAPortIsTheShortOne() {
        var config = config(Map.of("listener.smtp.port", "25"));
        assertThat(config.get(Settings.SMTP_PORT)).isEqualTo(25);
        assertThat(listener(config, "smtp").portSetting()).isEqualTo("smtp.port");
        assertRefused(Map.of("listener.smtp.port", "25", "smtp.port", "26"), "smtp.port", "listener.smtp.port");
        var environment = Map.of("MERPATI_SMTP_PORT", "26");
        assertThat(config(Map.of("listener.smtp.port", "25"), environment, new Properties())
                        .get(Settings.SMTP_PORT))
                .isEqualTo(25);
    }

    @Test
    void aListenerThatIsWrongIsNamedInFull() {
        assertRefused(Map.of("listener.mx2.port", "26"), "listener.mx2.protocol is missing");
        assertRefused(Map.of("listener.mx2.protocol", "smtp"), "listener.mx2.port is missing");
        assertRefused(Map.of("listener.mx2.prot", "26"), "unknown setting listener.mx2.prot", "listener.NAME.port");
        assertRefused(Map.of("listener.MX.port", "26"), "unknown setting listener.MX.port");
        assertRefused(Map.of("listener.smtp.protocol", "imap"), "listener.smtp.protocol", "another name");
        assertRefused(
                Map.of("listener.smtp.proxy-trusted", "10.0.0.0/33"), "listener.smtp.proxy-trusted", "from 0 to 32");
        assertRefused(Map.of("listener.imaps.tls", "starttls"), "listener.imaps.tls", "implicit");
        assertRefused(Map.of("listener.submissions.tls", "none"), "listener.submissions.tls", "implicit");
        assertRefused(
                Map.of("listener.mx2.protocol", "http", "listener.mx2.port", "1"), "listener.mx2.protocol", "lmtp");
    }

    @Test
    void aListenerCanBeSwitchedOff() {
        assertThat(config(Map.of("listener.lmtp.enabled", "false")).listeners())
                .extracting(ListenerSettings::name)
                .doesNotContain("lmtp")
                .contains("smtp");
    }

    @Test
    void certificatesWithNamesAreFound() {
        var config = config(Map.of(
                "tls.b.certificate",
                "b.pem",
                "tls.b.key",
                "b.key",
                "tls.a.certificate",
                "a.p12",
                "tls.a.password",
                "x"));
        assertThat(config.certificates())
                .containsExactly(
                        new CertificateSettings(
                                "tls.a.certificate", Path.of("a.p12"), Optional.empty(), Optional.of("x")),
                        new CertificateSettings(
                                "tls.b.certificate",
                                Path.of("b.pem"),
                                Optional.of(Path.of("b.key")),
                                Optional.empty()));
        assertThat(config.certificates()).asString().doesNotContain("Optional[x]");
        assertRefused(Map.of("tls.a.key", "a.key"), "tls.a.certificate is missing");
        assertRefused(Map.of("tls.key", "a.key"), "tls.key", "tls.certificate");
    }

    @Test
    void aListenersOwnBindCountsForWhatIsUnsafe() {
        assertRefused(
                Map.of("auth.allow-plaintext", "true", "listener.lmtp.bind", "0.0.0.0"),
                "auth.allow-plaintext",
                "listener.lmtp.bind is 0.0.0.0");
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
