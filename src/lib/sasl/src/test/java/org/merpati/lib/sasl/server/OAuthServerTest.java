package org.merpati.lib.sasl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.lib.sasl.server.ServerMechanism.OAUTHBEARER;
import static org.merpati.lib.sasl.server.ServerMechanism.XOAUTH2;
import static org.merpati.lib.sasl.server.Servers.refused;
import static org.merpati.lib.sasl.server.Servers.respond;
import static org.merpati.lib.sasl.server.Servers.start;
import static org.merpati.lib.sasl.server.Servers.text;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.server.ServerStep.Accepted;
import org.merpati.lib.sasl.server.ServerStep.CheckToken;
import org.merpati.lib.sasl.server.ServerStep.Refused.Reason;

class OAuthServerTest {
    /** RFC 7628 §4.1. */
    @Test
    void theExampleOfTheStandardIsRead() {
        var message = SaslText.base64("bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9"
                + "QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB");
        var check = (CheckToken) Servers.all(() -> "n").start(OAUTHBEARER, Servers.TLS, Optional.of(message));
        assertThat(check.token().value()).isEqualTo("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
        assertThat(check.request())
                .isEqualTo(new TokenRequest(
                        Optional.of("user@example.com"), Optional.of("server.example.com"), Optional.of(143)));
        var done = (Accepted) check.accepted("user@example.com");
        assertThat(done.identity()).isEqualTo(new Identity("user@example.com", Optional.empty()));
        assertThat(((Accepted) check.accepted("other")).identity())
                .isEqualTo(new Identity("other", Optional.of("user@example.com")));
    }

    /** RFC 7628 §4.3: without a token a client asks what to get one for. */
    @Test
    void anEmptyAuthTellsTheScope() {
        var step = start(OAUTHBEARER, "n,a=user@example.com,\1host=server.example.com\1port=143\1auth=\1\1");
        assertThat(text(step))
                .isEqualTo("{\"status\":\"invalid_token\",\"scope\":\"mail\","
                        + "\"openid-configuration\":\"https://id.example/.well-known/openid-configuration\"}");
        refused(respond(step, "\1"), Reason.CREDENTIALS);
    }

    @Test
    void aRefusedTokenSaysWhyAndThenFails() {
        var check = (CheckToken) start(OAUTHBEARER, "n,,\1auth=bEARER abc\1\1");
        assertThat(check.request().user()).isEmpty();
        var step = check.refused(TokenFault.INSUFFICIENT_SCOPE);
        assertThat(text(step)).startsWith("{\"status\":\"insufficient_scope\",");
        refused(respond(step, "\1"), Reason.CREDENTIALS);
        refused(respond(step, "anything"), Reason.CREDENTIALS);
    }

    @Test
    void otherSchemesAndTokensThatAreNoneAreRefusedAsTokens() {
        for (var auth : new String[] {"Basic abc", "Bearer", "Bearer a b", "Bearer ä", "Bearer =", "x"}) {
            assertThat(text(start(OAUTHBEARER, "n,,\1auth=" + auth + "\1\1"))).contains("invalid_token");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\1",
                "n,,",
                "n,,\1",
                "n,,\1\1",
                "n,,\1auth=Bearer x",
                "n,,\1auth=Bearer x\1",
                "n,,\1auth=Bearer x\1\1x",
                "n,,\1host=h\1\1",
                "n,,\1auth\1\1",
                "n,,\1=x\1auth=Bearer x\1\1",
                "n,,\1auth=Bearer x\1auth=Bearer y\1\1",
                "n,,\1port=0\1auth=Bearer x\1\1",
                "n,,\1port=65536\1auth=Bearer x\1\1",
                "n,a=\u0007,\1auth=Bearer x\1\1",
                "p=tls-exporter,,\1auth=Bearer x\1\1"
            })
    void whatIsNotOauthbearerIsMalformed(String message) {
        refused(start(OAUTHBEARER, message), Reason.MALFORMED);
    }

    @Test
    void xoauth2IsReadAndFailsWithItsOwnChallenge() {
        var check = (CheckToken) start(XOAUTH2, "user=someuser@example.com\1auth=Bearer ya29.vF9dft4qmTc2\1\1");
        assertThat(check.token().value()).isEqualTo("ya29.vF9dft4qmTc2");
        assertThat(check.request().user()).contains("someuser@example.com");
        var step = check.refused(TokenFault.INVALID_TOKEN);
        assertThat(text(step)).startsWith("{\"status\":\"401\",\"schemes\":\"Bearer\",\"scope\":\"mail\"");
        refused(respond(step, ""), Reason.CREDENTIALS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user=x", "user=x\1\1", "auth=Bearer x\1\1", "user=x\1auth=Bearer x\1"})
    void whatIsNotXoauth2IsMalformed(String message) {
        refused(start(XOAUTH2, message), Reason.MALFORMED);
    }

    @Test
    void hintsAreEscaped() {
        assertThat(new OAuthHints(Optional.of("a\"b\\c\n"), Optional.empty()).json("x"))
                .isEqualTo("{\"status\":\"x\",\"scope\":\"a\\\"b\\\\c\\u000a\"}");
    }
}
