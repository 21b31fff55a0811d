package org.merpati.lib.sasl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.lib.sasl.server.ServerMechanism.LOGIN;
import static org.merpati.lib.sasl.server.ServerMechanism.PLAIN;
import static org.merpati.lib.sasl.server.Servers.refused;
import static org.merpati.lib.sasl.server.Servers.respond;
import static org.merpati.lib.sasl.server.Servers.start;
import static org.merpati.lib.sasl.server.Servers.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.server.ServerStep.Accepted;
import org.merpati.lib.sasl.server.ServerStep.CheckPassword;
import org.merpati.lib.sasl.server.ServerStep.Refused.Reason;

class PlainServerTest {
    /** RFC 4616 §4. */
    @Test
    void theExamplesOfTheStandardAreRead() {
        var tim = check(start(PLAIN, "\0tim\0tanstaaftanstaaf"));
        assertThat(tim.identity()).isEqualTo(new Identity("tim", Optional.empty()));
        assertThat(password(tim)).isEqualTo("tanstaaftanstaaf");
        var kurt = check(start(PLAIN, "Ursel\0Kurt\0xipj3plmq"));
        assertThat(kurt.identity()).isEqualTo(new Identity("Kurt", Optional.of("Ursel")));
        assertThat(((Accepted) kurt.accepted()).identity()).isEqualTo(kurt.identity());
        refused(kurt.refused(), Reason.CREDENTIALS);
    }

    @Test
    void toActAsOneselfIsNothingSpecial() {
        assertThat(check(start(PLAIN, "tim\0tim\0x")).identity()).isEqualTo(new Identity("tim", Optional.empty()));
    }

    @Test
    void withoutInitialResponseTheServerAsksForIt() {
        var step = Servers.all(() -> "n").start(PLAIN, Servers.TLS, Optional.empty());
        assertThat(text(step)).isEmpty();
        assertThat(check(respond(step, "\0tim\0x")).identity().login()).isEqualTo("tim");
    }

    @Test
    void namesArePreparedAndPasswordsAreNot() {
        var check = check(start(PLAIN, "\0u\u00ADser\0pass\u00ADword"));
        assertThat(check.identity().login()).isEqualTo("user");
        assertThat(password(check)).isEqualTo("pass\u00ADword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tim", "\0tim", "\0\0x", "\0tim\0", "\0tim\0a\0b", "\0a\u0007b\0x", "\u0007\0tim\0x"})
    void whatIsNotPlainIsMalformed(String message) {
        refused(start(PLAIN, message), Reason.MALFORMED);
    }

    @Test
    void whatIsNotUtf8OrTooLongIsMalformed() {
        var server = Servers.all(() -> "n");
        for (var message : new byte[][] {
            {0, (byte) 0xc3, 0, 'x'},
            {0, 'a', 0, (byte) 0xff},
            new byte[SaslText.MAX_MESSAGE + 1],
            ("\0tim\0" + "x".repeat(SaslText.MAX_NAME + 1)).getBytes(StandardCharsets.US_ASCII),
            ("\0" + "x".repeat(SaslText.MAX_NAME + 1) + "\0x").getBytes(StandardCharsets.US_ASCII)
        }) {
            refused(server.start(PLAIN, Servers.TLS, Optional.of(message)), Reason.MALFORMED);
        }
    }

    @Test
    void loginAsksForNameAndPassword() {
        var name = Servers.all(() -> "n").start(LOGIN, Servers.TLS, Optional.empty());
        assertThat(text(name)).isEqualTo("Username:");
        var secret = respond(name, "tim");
        assertThat(text(secret)).isEqualTo("Password:");
        var check = check(respond(secret, "tanstaaf"));
        assertThat(check.identity()).isEqualTo(new Identity("tim", Optional.empty()));
        assertThat(password(check)).isEqualTo("tanstaaf");
    }

    @Test
    void loginTakesTheNameAsInitialResponse() {
        assertThat(text(start(LOGIN, "tim"))).isEqualTo("Password:");
        assertThat(text(start(LOGIN, ""))).isEqualTo("Username:");
    }

    @Test
    void loginRefusesEmptyNamesAndPasswords() {
        refused(respond(start(LOGIN, ""), ""), Reason.MALFORMED);
        refused(respond(start(LOGIN, "tim"), ""), Reason.MALFORMED);
        refused(respond(start(LOGIN, "tim"), "a\0b"), Reason.MALFORMED);
    }

    private static CheckPassword check(ServerStep step) {
        assertThat(step).isInstanceOf(CheckPassword.class);
        return (CheckPassword) step;
    }

    private static String password(CheckPassword check) {
        return check.password().use(octets -> new String(octets, StandardCharsets.UTF_8));
    }
}
