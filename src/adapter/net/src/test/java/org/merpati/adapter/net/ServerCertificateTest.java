package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private ServerCertificate open(String hostname, Instant now) throws IOException {
        return ServerCertificate.open(folder, hostname, InstantSource.fixed(now));
    }

    @Test
    void itIsMadeOnceAndFoundAgain() throws Exception {
        var made = open("mail.example.org", NOW).certificate();
        made.verify(made.getPublicKey());
        made.checkValidity(java.util.Date.from(NOW.plus(Duration.ofDays(729))));
        assertThat(open("mail.example.org", NOW.plus(Duration.ofDays(600))).certificate())
                .isEqualTo(made);
    }

    @Test
    void itNamesTheHostAndLoopback() throws Exception {
        assertThat(open("mail.example.org", NOW).certificate().getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "mail.example.org"),
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"));
    }

    @Test
    void shortBeforeItsEndAndForAnotherNameItIsMadeAgain() throws Exception {
        var made = open("mail.example.org", NOW).certificate();
        var renewed = open("mail.example.org", NOW.plus(Duration.ofDays(710))).certificate();
        assertThat(renewed).isNotEqualTo(made);
        assertThat(open("other.example.org", NOW).certificate()).isNotEqualTo(renewed);
    }

    @Test
    void keyAndPasswordAreForTheOwnerOnly() throws Exception {
        open("localhost", NOW);
        for (var name : List.of("server.p12", "server.password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void anAdministratorsOwnIsNeverReplaced() throws Exception {
        var own = SelfSigned.make("old.example.org", NOW.minus(Duration.ofDays(800)));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.keys().getPrivate(), "pw".toCharArray(), new Certificate[] {own.certificate()});
        try (var out = Files.newOutputStream(folder.resolve("server.p12"))) {
            store.store(out, "pw".toCharArray());
        }
        Files.writeString(folder.resolve("server.password"), "pw\n");
        assertThat(open("new.example.org", NOW).certificate()).isEqualTo(own.certificate());
    }

    @Test
    void aFileThatIsNoKeyStoreIsNamed() throws Exception {
        Files.writeString(folder.resolve("server.p12"), "no key store");
        assertThatThrownBy(() -> open("localhost", NOW)).hasMessageContaining("server.password");
        Files.writeString(folder.resolve("server.password"), "pw");
        assertThatThrownBy(() -> open("localhost", NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("server.p12");
    }
}
