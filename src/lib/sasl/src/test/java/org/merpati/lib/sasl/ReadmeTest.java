package org.merpati.lib.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.merpati.lib.sasl.client.ClientMechanism;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials;
import org.merpati.lib.sasl.client.SaslClient;
import org.merpati.lib.sasl.client.Service;
import org.merpati.lib.sasl.server.Channel;
import org.merpati.lib.sasl.server.SaslServer;
import org.merpati.lib.sasl.server.ServerMechanism;
import org.merpati.lib.sasl.server.ServerStep;
import org.merpati.lib.sasl.server.ServerStep.Accepted;
import org.merpati.lib.sasl.server.ServerStep.Challenge;
import org.merpati.lib.sasl.server.ServerStep.CheckPassword;
import org.merpati.lib.sasl.server.ServerStep.CheckToken;
import org.merpati.lib.sasl.server.ServerStep.FindScramCredential;
import org.merpati.lib.sasl.server.ServerStep.Refused;
import org.merpati.lib.sasl.server.Servers;
import org.merpati.lib.sasl.server.TokenFault;

/** The README's example is this code, and it works. */
class ReadmeTest {
    interface Wire {
        byte[] ask(byte[] challenge);
    }

    @Test
    void theExampleSignsIn() {
        var server = Servers.all(Nonces.random());
        Wire plain = challenge -> "\0user\0pencil".getBytes(StandardCharsets.UTF_8);
        assertThat(signIn(server, "plain", Servers.TLS, plain)).contains(new Identity("user", Optional.empty()));
        assertThat(signIn(server, "plain", Servers.OPEN, plain)).isEmpty();
        assertThat(signIn(server, "SCRAM-SHA-256", Servers.OPEN, scram("pencil")))
                .contains(new Identity("user", Optional.empty()));
        assertThat(signIn(server, "SCRAM-SHA-256", Servers.OPEN, scram("pen"))).isEmpty();
    }

    private static Wire scram(String password) {
        var client = new SaslClient(
                new Credentials.WithPassword("user", Password.of(password), Optional.empty()),
                new Service("smtp", "mail.example", 587),
                false,
                ChannelBindings.none(),
                Nonces.random());
        var step = new Respond[] {(Respond) client.start(ClientMechanism.SCRAM_SHA_256)};
        return challenge -> {
            if (challenge.length > 0) {
                step[0] = (Respond) step[0].challenge(challenge);
            }
            return step[0].response().orElseThrow();
        };
    }

    @Test
    void theReadmeShowsThisCode() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf("```java\n") + 8;
        var source = Files.readString(Path.of("src/test/java/org/merpati/lib/sasl/ReadmeTest.java"));
        assertThat(words(source)).contains(words(readme.substring(from, readme.indexOf("```", from))));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", "");
    }

    static Optional<Identity> signIn(SaslServer sasl, String name, Channel channel, Wire wire) {
        var mechanism = ServerMechanism.of(name).filter(sasl.offered(channel)::contains);
        if (mechanism.isEmpty()) {
            return Optional.empty();
        }
        ServerStep step = sasl.start(mechanism.get(), channel, Optional.empty());
        while (true) {
            switch (step) {
                case Challenge challenge -> step = challenge.respond(wire.ask(challenge.octets()));
                case CheckPassword check -> step = right(check) ? check.accepted() : check.refused();
                case FindScramCredential find ->
                    step = kept(find).map(find::found).orElseGet(find::unknown);
                case CheckToken check -> step = check.refused(TokenFault.INVALID_TOKEN);
                case Accepted accepted when accepted.data().isPresent() -> step = accepted.withDataAsChallenge();
                case Accepted accepted -> {
                    return Optional.of(accepted.identity());
                }
                case Refused refused -> {
                    return Optional.empty();
                }
            }
        }
    }

    private static boolean right(CheckPassword check) {
        try (var password = check.password()) {
            return check.identity().login().equals("user")
                    && password.use(octets -> new String(octets, StandardCharsets.UTF_8).equals("pencil"));
        }
    }

    private static Optional<ScramCredential> kept(FindScramCredential find) {
        return find.identity().login().equals("user")
                ? Optional.of(ScramCredential.derive(find.hash(), Password.of("pencil"), new byte[16], 4096))
                : Optional.empty();
    }
}
