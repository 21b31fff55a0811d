package org.merpati.lib.jmap.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8291, RFC 8292. */
class WebPushTest {
    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();
    private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final String RECEIVER =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String SENDER =
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private static final String SENDERS_SECRET = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";

    @Test
    void theExampleOfTheStandardComesOutOctetByOctet() { // RFC 8291 §5
        var device = DeviceKeys.of(RECEIVER, AUTH).orElseThrow();
        var own = P256.pair(new BigInteger(1, BASE64.decode(SENDERS_SECRET)));
        var message = "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII);
        var encrypted = PushEncryption.encrypt(message, device, own, BASE64.decode("DGv6ra1nlYgDCS1FRnbzlw"));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(encrypted))
                .isEqualTo("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                        + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                        + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void aPublicKeyFollowsFromItsSecret() {
        var pair = P256.pair(new BigInteger(1, BASE64.decode(SENDERS_SECRET)));
        assertThat(P256.octets((ECPublicKey) pair.getPublic())).isEqualTo(BASE64.decode(SENDER));
    }

    @Test
    void noTwoMessagesAreEncryptedAlike() {
        var device = DeviceKeys.of(RECEIVER, AUTH).orElseThrow();
        assertThat(PushEncryption.encrypt(new byte[10], device))
                .isNotEqualTo(PushEncryption.encrypt(new byte[10], device))
                .hasSize(16 + 4 + 1 + 65 + 10 + 1 + 16);
        assertThat(PushEncryption.encrypt(new byte[PushEncryption.LONGEST], device))
                .hasSize(4096);
        assertThatThrownBy(() -> PushEncryption.encrypt(new byte[PushEncryption.LONGEST + 1], device))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "BTBZMqHH6r4Tts7J_aSIgg, BTBZMqHH6r4Tts7J_aSIgg",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8, BTBZMqHH6r4Tts7J_aSIgg",
        "AAVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4, BTBZMqHH6r4Tts7J_aSIgg",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4, BTBZMqHH6r4T",
        "???, BTBZMqHH6r4Tts7J_aSIgg"
    })
    void keysThatAreNoneAreRefused(String p256dh, String auth) {
        assertThat(DeviceKeys.of(p256dh, auth)).isEmpty();
    }

    @Test
    void theServersWordCanBeVerifiedWithItsPublicKey() throws Exception {
        var vapid = Vapid.of(new byte[32], "mailto:postmaster@example.org");
        var now = Instant.parse("2026-11-22T10:00:00Z");
        var header = vapid.authorization(URI.create("https://push.example.net:8443/p/JzLQ?x=y"), now);
        assertThat(header).matches("vapid t=[^, ]+, k=" + vapid.publicKey());
        var token = header.substring("vapid t=".length(), header.indexOf(',')).split("\\.", -1);
        var claims = new ObjectMapper().readTree(BASE64.decode(token[1]));
        assertThat(claims.get("aud").textValue()).isEqualTo("https://push.example.net:8443");
        assertThat(claims.get("sub").textValue()).isEqualTo("mailto:postmaster@example.org");
        assertThat(claims.get("exp").longValue()).isBetween(now.getEpochSecond(), now.getEpochSecond() + 24 * 60 * 60);
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(P256.publicKey(BASE64.decode(vapid.publicKey())).orElseThrow());
        signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(BASE64.decode(token[2]))).isTrue();
        assertThat(Vapid.of(new byte[32], "").publicKey()).isEqualTo(vapid.publicKey());
    }
}
