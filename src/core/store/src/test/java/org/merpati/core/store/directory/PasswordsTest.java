package org.merpati.core.store.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Secret;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void theRightPasswordMatchesAndNoOther() {
        var hash = passwords.hash(Secret.of("pässword"));
        assertThat(passwords.matches(Secret.of("pässword"), hash)).isTrue();
        assertThat(passwords.matches(Secret.of("password"), hash)).isFalse();
        assertThat(passwords.matches(Secret.of(""), hash)).isFalse();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(passwords.hash(Secret.of("x")).argon2())
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
                .isNotEqualTo(passwords.hash(Secret.of("x")).argon2());
    }

    @Test
    void noPasswordIsThatOfNobodyAndItCostsTheSame() {
        var nobody = passwords.ofNobody();
        assertThat(nobody.argon2()).isNotEqualTo(passwords.ofNobody().argon2());
        assertThat(withoutEncoded(nobody)).isEqualTo(withoutEncoded(passwords.hash(Secret.of("nobody"))));
        assertThat(passwords.matches(Secret.of("nobody"), nobody)).isFalse();
        assertThat(passwords.matches(Secret.of(""), nobody)).isFalse();
    }

    /** Its parameters, and how long salt and hash are. */
    private static String withoutEncoded(PasswordHash hash) {
        var parts = hash.argon2().split("\\$", -1);
        return hash.argon2().replace(parts[4], "x" + parts[4].length()).replace(parts[5], "x" + parts[5].length());
    }

    /** Made with the reference program: {@code echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32}. */
    @Test
    void aHashMadeElsewhereMatches() {
        var elsewhere = new PasswordHash(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "", "");
        assertThat(passwords.matches(Secret.of("password"), elsewhere)).isTrue();
    }

    /** RFC 4013 §3: a soft hyphen is mapped to nothing. */
    @Test
    void scramVerifiersAreOfThePasswordAsClientsPrepareIt() {
        var hash = passwords.hash(Secret.of("I\u00adX"));
        for (var kept : List.of(hash.scramSha256(), hash.scramSha1())) {
            var verifier = ScramCredential.parse(kept);
            var digest = kept.equals(hash.scramSha256()) ? ScramHash.SHA_256 : ScramHash.SHA_1;
            assertThat(ScramCredential.derive(digest, Password.of("IX"), verifier.salt(), verifier.iterations())
                            .text())
                    .isEqualTo(kept);
        }
    }

    /** 19 MiB each otherwise, which the heap would grow by. */
    @Test
    void aHashUsesTheMemoryOfTheOneBefore() {
        var hash = passwords.hash(Secret.of("first"));
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        assertThat(passwords.matches(Secret.of("first"), hash)).isTrue();
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10 << 20);
    }

    @Test
    void whatIsNoHashMatchesNothing() {
        assertThat(passwords.matches(Secret.of("x"), new PasswordHash("x", "", "")))
                .isFalse();
    }

    @Test
    void secretsAndHashesDoNotPrint() {
        assertThat(Secret.of("hush").toString()).doesNotContain("hush");
        assertThat(passwords.hash(Secret.of("hush")).toString()).isEqualTo("PasswordHash[hidden]");
    }

    @Test
    void aVerifiedLoginIsRememberedForFiveMinutesAndForgottenOnChange() {
        var now = new Instant[] {Instant.parse("2026-01-01T00:00:00Z")};
        var verified = new VerifiedCredentials(() -> now[0]);
        var admin = new Principal.Administrator("admin");
        verified.put("Admin", Secret.of("right"), admin, verified.generation());

        assertThat(verified.find("admin", Secret.of("right"))).contains(admin);
        assertThat(verified.find("admin", Secret.of("wrong"))).isEmpty();
        now[0] = now[0].plusSeconds(301);
        assertThat(verified.find("admin", Secret.of("right"))).isEmpty();

        long before = verified.generation();
        verified.forget("admin");
        verified.put("admin", Secret.of("old"), admin, before);
        assertThat(verified.find("admin", Secret.of("old"))).isEmpty();
    }
}
