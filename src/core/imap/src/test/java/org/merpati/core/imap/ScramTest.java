package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.merpati.lib.sasl.ChannelBindings;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.client.ClientMechanism;
import org.merpati.lib.sasl.client.ClientStep;
import org.merpati.lib.sasl.client.Credentials;
import org.merpati.lib.sasl.client.SaslClient;
import org.merpati.lib.sasl.client.Service;

/** AUTHENTICATE by SCRAM (RFC 7677), with a client that checks the server's signature. */
final class ScramTest {
    private final RealHouse house = RealHouse.HOUSE.empty();

    private static ClientStep.Respond start(ClientMechanism mechanism, String password) {
        var credentials = new Credentials.WithPassword("alice@example.org", Password.of(password), Optional.empty());
        return respond(new SaslClient(
                        credentials,
                        new Service("imap", "mail.example.org", 143),
                        false,
                        ChannelBindings.none(),
                        Nonces.random())
                .start(mechanism));
    }

    private static ClientStep.Respond respond(ClientStep step) {
        assertThat(step).isInstanceOf(ClientStep.Respond.class);
        return (ClientStep.Respond) step;
    }

    private static String exchange(MemoryConnection client, ClientMechanism mechanism, ClientStep.Respond first) {
        var step = first;
        client.send("a AUTHENTICATE " + mechanism.token() + " "
                + SaslText.base64(step.response().orElseThrow()) + "\r\n");
        for (var line = client.line(); line != null; line = client.line()) {
            if (!line.startsWith("+ ")) {
                return line;
            }
            step = respond(step.challenge(SaslText.base64(line.substring(2))));
            assertThat(step.fault()).isEmpty();
            client.send(SaslText.base64(step.response().orElseThrow()) + "\r\n");
        }
        return "closed";
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientMechanism.class,
            names = {"SCRAM_SHA_256", "SCRAM_SHA_1"})
    void aPasswordIsProvenWithoutBeingSaid(ClientMechanism mechanism) {
        try (var client = new MemoryConnection(house.protocol(), false, "192.0.2.1")) {
            client.line();
            assertThat(exchange(client, mechanism, start(mechanism, "wrong")))
                    .startsWith("a NO [AUTHENTICATIONFAILED]");
            assertThat(exchange(client, mechanism, start(mechanism, "secret"))).startsWith("a OK [CAPABILITY");
        }
    }
}
