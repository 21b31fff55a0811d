package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.config.TlsMode;

/** Which certificate a client is shown: by the host name it asks for, and as the files are at that moment. */
@Timeout(60)
class ServerKeysTest {
    @TempDir
    Path folder;

    private final Listener listener;
    private final Instant now = InstantSource.system().instant();
    private int changes;

    ServerKeysTest() throws IOException {
        listener = Listener.open("mx", "mx.port", new ListenerAddress(List.of("127.0.0.1"), 0));
    }

    @AfterEach
    void close() {
        listener.close(Duration.ofSeconds(5));
    }

    private ServerKeys keys(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(settings);
        all.put("data", folder.resolve("data").toString());
        return ServerKeys.open(
                Config.from(all, "test", Map.of(), new Properties()), InstantSource.system(), Duration.ZERO);
    }

    private void start(Map<String, String> settings) throws IOException {
        var keys = keys(settings);
        listener.start(new Service(
                new EchoProtocol(),
                TlsMode.IMPLICIT,
                keys::context,
                List.of(),
                Limits.NONE,
                ThreadKind.AUTO,
                Patience.USUAL));
    }

    /** The certificate that a client gets who asks for this host and believes these. */
    private X509Certificate shown(String host, String protocol, SelfSigned... believed) throws Exception {
        var trusted = new ArrayList<X509Certificate>();
        for (var one : believed) {
            trusted.add(one.certificate());
        }
        return new TlsClient(trusted.toArray(X509Certificate[]::new)).certificate(listener.port(), host, protocol);
    }

    private SelfSigned made(String host) throws GeneralSecurityException {
        return SelfSigned.make(host, now);
    }

    private static String pem(Object... objects) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (var object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }

    private static String pkcs8(PrivateKey key) throws IOException {
        return pem(new JcaPKCS8Generator(key, null));
    }

    /** As an administrator would, with a time that is later than the last. */
    private String write(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(now.plusSeconds(++changes)));
        return file.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theHostNameAskedForDecides(String protocol) throws Exception {
        var main = made("mail.example.org");
        var other = made("mail.example.net");
        var many = made("*.example.com");
        start(Map.of(
                "tls.certificate",
                write("main.pem", pem(main.certificate())),
                "tls.key",
                write("main.key", pkcs8(main.keys().getPrivate())),
                "tls.other.certificate",
                write("other.pem", "for people\n" + pkcs8(other.keys().getPrivate()) + pem(other.certificate())),
                "tls.many.certificate",
                write("many.pem", pem(many.certificate()) + pkcs8(many.keys().getPrivate()))));

        assertThat(shown("mail.example.net", protocol, main, other, many)).isEqualTo(other.certificate());
        assertThat(shown("MAIL.example.net", protocol, main, other, many)).isEqualTo(other.certificate());
        assertThat(shown("imap.example.com", protocol, main, other, many)).isEqualTo(many.certificate());
        assertThat(shown("a.imap.example.com", protocol, main, other, many)).isEqualTo(main.certificate());
        assertThat(shown("example.com", protocol, main, other, many)).isEqualTo(main.certificate());
        assertThat(shown("mail.example.org", protocol, main, other, many)).isEqualTo(main.certificate());
        assertThat(shown("", protocol, main, other, many)).isEqualTo(main.certificate());
    }

    @Test
    void withoutSettingsItIsTheServersOwn() throws Exception {
        start(Map.of());
        var own = ServerCertificate.open(folder.resolve("data/tls"), "localhost", InstantSource.system());
        assertThat(new TlsClient(own.certificate()).certificate(listener.port(), "localhost", "TLSv1.3"))
                .isEqualTo(own.certificate());
    }

    @Test
    void pkcs12AndAnEncryptedKeyNeedTheirPassword() throws Exception {
        var main = made("mail.example.org");
        var other = made("mail.example.net");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("x", main.keys().getPrivate(), "hush".toCharArray(), new Certificate[] {main.certificate()});
        var file = folder.resolve("main.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "hush".toCharArray());
        }
        var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPassword("secret".toCharArray())
                .build();
        var key = write("other.key", pem(new JcaPKCS8Generator(other.keys().getPrivate(), encryptor)));
        var settings = new HashMap<>(Map.of(
                "tls.certificate",
                file.toString(),
                "tls.password",
                "hush",
                "tls.other.certificate",
                write("other.pem", pem(other.certificate())),
                "tls.other.key",
                key,
                "tls.other.password",
                "secret"));
        start(settings);
        assertThat(shown("", "TLSv1.3", main, other)).isEqualTo(main.certificate());
        assertThat(shown("mail.example.net", "TLSv1.3", main, other)).isEqualTo(other.certificate());

        settings.put("tls.password", "wrong");
        assertThatThrownBy(() -> keys(settings)).hasMessageContainingAll("tls.certificate", "main.p12");
        settings.put("tls.password", "hush");
        settings.remove("tls.other.password");
        assertThatThrownBy(() -> keys(settings)).hasMessageContainingAll("tls.other.certificate", "no password");
    }

    @Test
    void whatCannotBeUsedIsNamedAtTheStart() throws Exception {
        var one = made("mail.example.org");
        var other = made("mail.example.org");
        var certificate = write("one.pem", pem(one.certificate()));
        assertThatThrownBy(() -> keys(Map.of("tls.certificate", folder + "/none.pem")))
                .hasMessageContainingAll("tls.certificate", "there is no file");
        assertThatThrownBy(() -> keys(Map.of("tls.certificate", certificate)))
                .hasMessageContainingAll("tls.certificate", "one.pem", "no private key");
        var wrong = write("other.key", pkcs8(other.keys().getPrivate()));
        assertThatThrownBy(() -> keys(Map.of("tls.certificate", certificate, "tls.key", wrong)))
                .hasMessageContainingAll("one.pem", "other.key", "the key is not the certificate's");
        var empty = write("empty.pem", "");
        assertThatThrownBy(() -> keys(Map.of("tls.x.certificate", empty)))
                .hasMessageContainingAll("tls.x.certificate", "no certificate");
        var garbage = write("garbage.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> keys(Map.of("tls.x.certificate", garbage)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tls.x.certificate");
    }

    @Test
    void changedFilesAreReadAgainAndOpenConnectionsGoOn() throws Exception {
        var before = made("mail.example.org");
        var after = made("mail.example.org");
        start(Map.of(
                "tls.certificate",
                write(
                        "main.pem",
                        pem(before.certificate()) + pkcs8(before.keys().getPrivate()))));
        var believing = new TlsClient(before.certificate(), after.certificate());
        try (var open = new Client(believing.over(Client.socket("127.0.0.1", listener.port()), "", "TLSv1.3"))) {
            assertThat(open.line()).startsWith("hello");
            write("main.pem", pem(after.certificate()) + pkcs8(after.keys().getPrivate()));
            assertThat(shown("", "TLSv1.3", before, after)).isEqualTo(after.certificate());
            open.send("x");
            assertThat(open.line()).isEqualTo("x");
        }
    }

    @Test
    void aBrokenChangeLeavesTheOldAndIsLoggedOnce() throws Exception {
        var before = made("mail.example.org");
        var after = made("mail.example.org");
        var certificate = write("main.pem", pem(before.certificate()));
        var key = write("main.key", pkcs8(before.keys().getPrivate()));
        start(Map.of("tls.certificate", certificate, "tls.key", key));
        var warnings = new ArrayList<String>();
        var logger = Logger.getLogger("org.merpati.adapter.net.tls.WatchedKeys");
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().equals(Level.WARNING)) {
                    warnings.add(record.getMessage());
                }
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        logger.addHandler(handler);
        try {
            // the certificate is there, its key not yet
            write("main.pem", pem(after.certificate()));
            assertThat(shown("", "TLSv1.3", before, after)).isEqualTo(before.certificate());
            assertThat(shown("", "TLSv1.3", before, after)).isEqualTo(before.certificate());
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("tls.certificate", "main.pem", "the key is not the certificate's");
            write("main.key", pkcs8(after.keys().getPrivate()));
            assertThat(shown("", "TLSv1.3", before, after)).isEqualTo(after.certificate());
            Files.delete(Path.of(certificate));
            assertThat(shown("", "TLSv1.3", before, after)).isEqualTo(after.certificate());
            assertThat(warnings).hasSize(2);
        } finally {
            logger.removeHandler(handler);
        }
    }
}
