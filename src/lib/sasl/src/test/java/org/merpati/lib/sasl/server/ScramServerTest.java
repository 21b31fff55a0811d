package org.merpati.lib.sasl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.lib.sasl.server.ServerMechanism.SCRAM_SHA_1;
import static org.merpati.lib.sasl.server.ServerMechanism.SCRAM_SHA_256;
import static org.merpati.lib.sasl.server.ServerMechanism.SCRAM_SHA_256_PLUS;
import static org.merpati.lib.sasl.server.Servers.OPEN;
import static org.merpati.lib.sasl.server.Servers.bytes;
import static org.merpati.lib.sasl.server.Servers.refused;
import static org.merpati.lib.sasl.server.Servers.respond;
import static org.merpati.lib.sasl.server.Servers.text;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;
import org.merpati.lib.sasl.server.ServerStep.Accepted;
import org.merpati.lib.sasl.server.ServerStep.Challenge;
import org.merpati.lib.sasl.server.ServerStep.FindScramCredential;
import org.merpati.lib.sasl.server.ServerStep.Refused.Reason;

class ScramServerTest {
    /** RFC 5802 §5. */
    @Test
    void theExchangeOfRfc5802Succeeds() {
        var first = start(SCRAM_SHA_1, OPEN, "3rfcNHYJY1ZVvWVs7j", "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        assertThat(first.identity()).isEqualTo(new Identity("user", Optional.empty()));
        assertThat(first.hash()).isEqualTo(ScramHash.SHA_1);
        var challenge = first.found(credential(ScramHash.SHA_1, "pencil", "QSXCR+Q6sek8bf92"));
        assertThat(text(challenge)).isEqualTo("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
        var done = respond(
                challenge, "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        assertThat(data(done)).isEqualTo("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }

    /** RFC 7677 §3. */
    @Test
    void theExchangeOfRfc7677Succeeds() {
        var challenge = rfc7677();
        assertThat(text(challenge))
                .isEqualTo("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(data(respond(challenge, FINAL_7677))).isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    private static final String FINAL_7677 = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private static ServerStep rfc7677() {
        return start(SCRAM_SHA_256, OPEN, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
                .found(credential(ScramHash.SHA_256, "pencil", "W22ZaJ0SNY7soEsUEjb6gQ=="));
    }

    @Test
    void whereSuccessCarriesNothingTheSignatureIsAChallenge() {
        var step = ((Accepted) respond(rfc7677(), FINAL_7677)).withDataAsChallenge();
        assertThat(text(step)).isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        refused(respond(step, "x"), Reason.MALFORMED);
        var done = (Accepted) respond(step, "");
        assertThat(done.data()).isEmpty();
        assertThat(done.withDataAsChallenge()).isSameAs(done);
    }

    @Test
    void optionalExtensionsAreSteppedOver() {
        var first = start(SCRAM_SHA_1, OPEN, "s", "n,a=boss,n=us=2Cer=3D,r=c,x=1,y=a=b");
        assertThat(first.identity()).isEqualTo(new Identity("us,er=", Optional.of("boss")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,",
                "n,,",
                "x,,n=user,r=c",
                "p=,,n=user,r=c",
                "n,boss,n=user,r=c",
                "n,a=,n=user,r=c",
                "n,,r=c,n=user",
                "n,,n=user",
                "n,,n=,r=c",
                "n,,n=user,r=",
                "n,,n=user,r=c,",
                "n,,n=user,r=c,1=x",
                "n,,n=user,r=c,x",
                "n,,m=must,n=user,r=c",
                "n,,n=us=3der,r=c",
                "n,,n=us=,r=c",
                "n,,n=us\u0007er,r=c",
                "n,,n=user,r=c\u00e4",
                "n,,n=user,r=c c",
                "n,,n=user\0,r=c"
            })
    void aFirstMessageThatIsNoneIsMalformed(String message) {
        refused(Servers.all(() -> "s").start(SCRAM_SHA_1, OPEN, Optional.of(bytes(message))), Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r=cs",
                "r=cs,c=biws,p=AAAA",
                "c=biws,r=cS,p=AAAA",
                "c=biws,r=c,p=AAAA",
                "c=biws,r=cs,p=AAA",
                "c=biws,r=cs,p=AA==x",
                "c=biws,r=cs,p=AAAA,x=y",
                "c=biws,r=cs,x,p=AAAA",
                "c=biws,m=x,r=cs,p=AAAA"
            })
    void aLastMessageThatIsNoneIsMalformed(String message) {
        refused(respond(challenge(), message), Reason.MALFORMED);
    }

    @Test
    void aWrongProofIsRefusedWhateverItsLength() {
        for (var proof : new byte[][] {new byte[1], new byte[20], new byte[32], new byte[64]}) {
            refused(respond(challenge(), "c=biws,r=cs,p=" + SaslText.base64(proof)), Reason.CREDENTIALS);
        }
    }

    private static ServerStep challenge() {
        return start(SCRAM_SHA_256, OPEN, "s", "n,,n=user,r=c")
                .found(credential(ScramHash.SHA_256, "pencil", "W22ZaJ0SNY7soEsUEjb6gQ=="));
    }

    /** RFC 5802 §6: who says that no -PLUS was offered, where it was, has been lied to. */
    @Test
    void aDowngradeIsFound() {
        var server = Servers.all(() -> "s");
        refused(server.start(SCRAM_SHA_256, Servers.TLS, Optional.of(bytes("y,,n=user,r=c"))), Reason.CHANNEL_BINDING);
        var withoutPlus = Servers.of(EnumSet.of(SCRAM_SHA_256), () -> "s");
        assertThat(withoutPlus.start(SCRAM_SHA_256, Servers.TLS, Optional.of(bytes("y,,n=user,r=c"))))
                .isInstanceOf(FindScramCredential.class);
        assertThat(server.start(SCRAM_SHA_256, Servers.UNBOUND, Optional.of(bytes("y,,n=user,r=c"))))
                .isInstanceOf(FindScramCredential.class);
    }

    @Test
    void plusTakesOnlyABindingThatIsKnown() {
        var server = Servers.all(() -> "s");
        for (var flag : new String[] {"n", "y", "p=tls-unique", "p=x"}) {
            refused(
                    server.start(SCRAM_SHA_256_PLUS, Servers.TLS, Optional.of(bytes(flag + ",,n=user,r=c"))),
                    Reason.CHANNEL_BINDING);
        }
        refused(
                server.start(SCRAM_SHA_256, Servers.TLS, Optional.of(bytes("p=tls-exporter,,n=user,r=c"))),
                Reason.CHANNEL_BINDING);
    }

    @Test
    void dataOfAnotherChannelIsRefused() {
        var challenge = start(SCRAM_SHA_256_PLUS, Servers.TLS, "s", "p=tls-exporter,,n=user,r=c")
                .found(credential(ScramHash.SHA_256, "pencil", "W22ZaJ0SNY7soEsUEjb6gQ=="));
        var other = SaslText.base64(bytes("p=tls-exporter,,other"));
        refused(respond(challenge, "c=" + other + ",r=cs,p=AAAA"), Reason.CHANNEL_BINDING);
    }

    @Test
    void nobodyLooksLikeSomebody() {
        var one = text(
                start(SCRAM_SHA_256, OPEN, "s", "n,,n=nobody@example.org,r=c").unknown());
        var again = text(
                start(SCRAM_SHA_256, OPEN, "s", "n,,n=Nobody@Example.org,r=c").unknown());
        var sha1 = text(
                start(SCRAM_SHA_1, OPEN, "s", "n,,n=nobody@example.org,r=c").unknown());
        var other = text(
                start(SCRAM_SHA_256, OPEN, "s", "n,,n=other@example.org,r=c").unknown());
        assertThat(one).isEqualTo(again).isEqualTo(sha1).matches("r=cs,s=[A-Za-z0-9+/]{22}==,i=4096");
        assertThat(one).isNotEqualTo(other);
    }

    /** Also with the decoy's own key, which nobody has. */
    @Test
    void nobodyNeverSignsIn() {
        var decoy = new ScramDecoys(() -> bytes("a key of sixteen and more"), 16, 4096).of(ScramHash.SHA_256, "nobody");
        var step = start(SCRAM_SHA_256, OPEN, "s", "n,,n=nobody,r=c").unknown();
        assertThat(text(step)).contains(SaslText.base64(decoy.salt()));
        refused(respond(step, "c=biws,r=cs,p=" + SaslText.base64(new byte[32])), Reason.CREDENTIALS);
    }

    private static FindScramCredential start(
            ServerMechanism mechanism, Channel channel, String serverNonce, String clientFirst) {
        var step = Servers.all(() -> serverNonce).start(mechanism, channel, Optional.of(bytes(clientFirst)));
        assertThat(step).isInstanceOf(FindScramCredential.class);
        return (FindScramCredential) step;
    }

    private static ScramCredential credential(ScramHash hash, String password, String salt) {
        return ScramCredential.derive(hash, Password.of(password), SaslText.base64(salt), 4096);
    }

    private static String data(ServerStep step) {
        assertThat(step).isInstanceOf(Accepted.class).isNotInstanceOf(Challenge.class);
        return new String(((Accepted) step).data().orElseThrow(), StandardCharsets.UTF_8);
    }
}
