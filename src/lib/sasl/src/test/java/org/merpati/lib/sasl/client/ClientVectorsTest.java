package org.merpati.lib.sasl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.lib.sasl.client.ClientMechanism.CRAM_MD5;
import static org.merpati.lib.sasl.client.ClientMechanism.DIGEST_MD5;
import static org.merpati.lib.sasl.client.ClientMechanism.OAUTHBEARER;
import static org.merpati.lib.sasl.client.ClientMechanism.SCRAM_SHA_1;
import static org.merpati.lib.sasl.client.ClientMechanism.SCRAM_SHA_256;
import static org.merpati.lib.sasl.client.ClientMechanism.XOAUTH2;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.sasl.ChannelBindings;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.Token;
import org.merpati.lib.sasl.client.ClientStep.Abort;
import org.merpati.lib.sasl.client.ClientStep.Authenticated;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials.WithPassword;
import org.merpati.lib.sasl.client.Credentials.WithToken;

class ClientVectorsTest {
    private static final String CHALLENGE_5802 =
            "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";

    /** RFC 5802 §5. */
    @Test
    void theExchangeOfRfc5802Succeeds() {
        var first = start(SCRAM_SHA_1, "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL");
        assertThat(text(first)).isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        var last = challenge(first, CHALLENGE_5802);
        assertThat(text(last))
                .isEqualTo("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        var proven = challenge(last, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
        assertThat(text(proven)).isEmpty();
        assertThat(proven.success()).isEqualTo(new Authenticated());
        assertThat(last.success(bytes("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="))).isEqualTo(new Authenticated());
    }

    /** RFC 7677 §3. */
    @Test
    void theExchangeOfRfc7677Succeeds() {
        var first = start(SCRAM_SHA_256, "user", "pencil", "rOprNGfwEbeRWgbNEkqO");
        var last = challenge(
                first, "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(text(last))
                .isEqualTo("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(challenge(last, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
                        .success())
                .isEqualTo(new Authenticated());
    }

    @Test
    void aScramServerThatDoesNotProveItselfIsNotBelieved() {
        var first = start(SCRAM_SHA_1, "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL");
        var last = challenge(first, CHALLENGE_5802);
        assertThat(first.success()).isInstanceOf(Abort.class);
        assertThat(last.success()).isInstanceOf(Abort.class);
        for (var words : new String[] {"", "v=", "v=AAAA", "e=invalid-proof", "x", "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="}) {
            if (!words.endsWith("sKQ=")) {
                assertThat(last.challenge(bytes(words))).as(words).isInstanceOf(Abort.class);
                assertThat(last.success(bytes(words))).as(words).isInstanceOf(Abort.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=fyko",
                "r=c,s=QSXCR+Q6sek8bf92,i=4096",
                "r=cs,s=QSXCR+Q6sek8bf92",
                "r=xs,s=QSXCR+Q6sek8bf92,i=4096",
                "r=cs,s=Q,i=4096",
                "r=cs,s=QSXCR+Q6sek8bf92,i=4095",
                "r=cs,s=QSXCR+Q6sek8bf92,i=2000001",
                "r=cs,s=QSXCR+Q6sek8bf92,i=99999999999",
                "r=cs,s=QSXCR+Q6sek8bf92,i=-1",
                "m=x,r=cs,s=QSXCR+Q6sek8bf92,i=4096"
            })
    void aScramChallengeThatWouldWeakenOrStallIsNotAnswered(String message) {
        var first = start(SCRAM_SHA_1, "user", "pencil", "c");
        assertThat(first.challenge(bytes(message))).isInstanceOf(Abort.class);
    }

    /** RFC 2195 §2. */
    @Test
    void cramMd5AnswersAsTheStandardShows() {
        var start = start(CRAM_MD5, "tim", "tanstaaftanstaaf", "n");
        assertThat(start.response()).isEmpty();
        var answer = challenge(start, "<1896.697170952@postoffice.reston.mci.net>");
        assertThat(text(answer)).isEqualTo("tim b913a602c7eda7a495b4e6e7334d3890");
        assertThat(answer.success()).isEqualTo(new Authenticated());
    }

    /** RFC 2831 §4, both examples. */
    @Test
    void digestMd5AnswersAsTheStandardShows() {
        var start = digest("imap", "OA6MHXh6VqTrRk");
        var answer = challenge(
                start,
                "realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",algorithm=md5-sess,charset=utf-8");
        assertThat(text(answer))
                .isEqualTo("charset=utf-8,username=\"chris\",realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\","
                        + "nc=00000001,cnonce=\"OA6MHXh6VqTrRk\",digest-uri=\"imap/elwood.innosoft.com\","
                        + "response=d388dad90d4bbd760a152321f2143af7,qop=auth");
        assertThat(answer.success()).isInstanceOf(Abort.class);
        assertThat(challenge(answer, "rspauth=ea40f60335c427b5527b84dbabcdfffd").success())
                .isEqualTo(new Authenticated());
        assertThat(answer.challenge(bytes("rspauth=ea40f60335c427b5527b84dbabcdfffe")))
                .isInstanceOf(Abort.class);

        var acap = challenge(
                digest("acap", "OA9BSuZWMSpW8m"),
                "realm=\"elwood.innosoft.com\",nonce=\"OA9BSXrbuRhWay\",qop=\"auth\",algorithm=md5-sess,charset=utf-8");
        assertThat(text(acap)).contains("response=6084c6db3fede7352c551284490fd0fc,qop=auth");
        assertThat(challenge(acap, "rspauth=2f0b3d7c3c2e486600ef710726aa2eae").success())
                .isEqualTo(new Authenticated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "realm=\"x\"",
                "nonce=\"a\"",
                "nonce=\"a\",nonce=\"b\",algorithm=md5-sess",
                "nonce=\"a\",algorithm=md5",
                "nonce=\"a\",algorithm=md5-sess,qop=\"auth-int\"",
                "nonce=\"a",
                "nonce=\"a\\",
                "nonce=\"a\" x,algorithm=md5-sess",
                "nonce"
            })
    void aDigestChallengeThatIsNoneIsNotAnswered(String message) {
        assertThat(digest("imap", "n").challenge(bytes(message))).isInstanceOf(Abort.class);
    }

    @Test
    void digestMd5NarrowsNamesThatFit() {
        var bound = new SaslClient(
                new WithPassword("chrïs", Password.of("s\u20acret"), Optional.of("boss")),
                new Service("imap", "h", 143),
                true,
                ChannelBindings.none(),
                () -> "n");
        var start = (Respond) bound.start(DIGEST_MD5);
        assertThat(start.challenge(bytes("nonce=\"a\",algorithm=md5-sess"))).isInstanceOf(Abort.class);
        assertThat(text(challenge(start, "nonce=\"a\\\"b\",algorithm=md5-sess,charset=utf-8")))
                .contains("username=\"chrïs\"", "nonce=\"a\\\"b\"", "authzid=\"boss\"");
    }

    @Test
    void oauthAnswersTheReportOfAFailure() {
        var client = new SaslClient(
                new WithToken("user@example.com", new Token("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==")),
                new Service("imap", "server.example.com", 143),
                true,
                ChannelBindings.none(),
                () -> "n");
        var bearer = (Respond) client.start(OAUTHBEARER);
        assertThat(text(bearer)) // RFC 7628 §4.1
                .isEqualTo("n,a=user@example.com,\1host=server.example.com\1port=143\1"
                        + "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1");
        assertThat(bearer.success()).isEqualTo(new Authenticated());
        var dummy = challenge(bearer, "{\"status\":\"invalid_token\"}");
        assertThat(text(dummy)).isEqualTo("\1");
        assertThat(dummy.fault()).contains("{\"status\":\"invalid_token\"}");
        assertThat(dummy.success()).isInstanceOf(Abort.class);
        var old = (Respond) client.start(XOAUTH2);
        assertThat(text(old))
                .isEqualTo("user=user@example.com\1auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1");
        assertThat(text(challenge(old, "{}"))).isEmpty();
    }

    private static Respond digest(String service, String nonce) {
        return (Respond) new SaslClient(
                        new WithPassword("chris", Password.of("secret"), Optional.empty()),
                        new Service(service, "elwood.innosoft.com", 143),
                        true,
                        ChannelBindings.none(),
                        () -> nonce)
                .start(DIGEST_MD5);
    }

    private static Respond start(ClientMechanism mechanism, String login, String password, String nonce) {
        return (Respond) new SaslClient(
                        new WithPassword(login, Password.of(password), Optional.empty()),
                        new Service("smtp", "mail.example", 587),
                        true,
                        ChannelBindings.none(),
                        () -> nonce)
                .start(mechanism);
    }

    private static Respond challenge(Respond step, String challenge) {
        var next = step.challenge(bytes(challenge));
        assertThat(next).isInstanceOf(Respond.class);
        return (Respond) next;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Respond step) {
        return new String(step.response().orElseThrow(), StandardCharsets.UTF_8);
    }
}
