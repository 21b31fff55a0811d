package org.merpati.lib.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.merpati.lib.sasl.client.ClientMechanism;
import org.merpati.lib.sasl.client.ClientStep;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials;
import org.merpati.lib.sasl.client.SaslClient;
import org.merpati.lib.sasl.client.Service;
import org.merpati.lib.sasl.server.Channel;
import org.merpati.lib.sasl.server.SaslServer;
import org.merpati.lib.sasl.server.ServerMechanism;
import org.merpati.lib.sasl.server.ServerStep;
import org.merpati.lib.sasl.server.Servers;
import org.merpati.lib.sasl.server.TokenFault;

/** Our client signs in at our server, mechanism by mechanism, as a protocol would run them. */
class RoundTripTest {
    private static final SaslServer SERVER = Servers.all(Nonces.random());
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** How it ended for each side; a server that did not refuse, and was left, is null. */
    private record End(ServerStep server, ClientStep client) {}

    @ParameterizedTest
    @EnumSource(ServerMechanism.class)
    void theRightSecretSignsIn(ServerMechanism mechanism) {
        var end = run(mechanism, "us=er,ä", "p\u00ADässword", Optional.empty(), Servers.TLS);
        assertThat(end.client).isEqualTo(new ClientStep.Authenticated());
        assertThat(((ServerStep.Accepted) end.server).identity()).isEqualTo(new Identity("us=er,ä", Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(ServerMechanism.class)
    void aWrongSecretDoesNot(ServerMechanism mechanism) {
        var end = run(mechanism, "us=er,ä", "wrong", Optional.empty(), Servers.TLS);
        assertThat(end.server).isInstanceOf(ServerStep.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(ServerMechanism.class)
    void nobodyDoesNot(ServerMechanism mechanism) {
        var end = run(mechanism, "nobody", "p\u00ADässword", Optional.empty(), Servers.TLS);
        assertThat(end.server).isInstanceOf(ServerStep.Refused.class);
    }

    @Test
    void toActAsAnotherArrives() {
        for (var mechanism :
                List.of(ServerMechanism.PLAIN, ServerMechanism.SCRAM_SHA_256, ServerMechanism.SCRAM_SHA_256_PLUS)) {
            var end = run(mechanism, "us=er,ä", "p\u00ADässword", Optional.of("an=other,"), Servers.TLS);
            assertThat(((ServerStep.Accepted) end.server).identity().actAs()).contains("an=other,");
        }
    }

    /** Somebody in between terminates TLS and strips -PLUS from the offer. */
    @Test
    void aStrippedOfferIsFoundByTheServer() {
        var end = run(
                ServerMechanism.SCRAM_SHA_256,
                "us=er,ä",
                "p\u00ADässword",
                Optional.empty(),
                Servers.TLS,
                Servers.TLS.bindings());
        assertThat(end.server).isInstanceOf(ServerStep.Refused.class);
    }

    @Test
    void anotherChannelIsFoundByTheServer() {
        var between = ChannelBindings.of(List.of(new ChannelBinding(ChannelBinding.TLS_EXPORTER, new byte[] {9})));
        var end = run(
                ServerMechanism.SCRAM_SHA_256_PLUS,
                "us=er,ä",
                "p\u00ADässword",
                Optional.empty(),
                Servers.TLS,
                between);
        assertThat(end.server)
                .isEqualTo(new ServerStep.Refused(
                        ServerStep.Refused.Reason.CHANNEL_BINDING, "channel bindings don't match"));
    }

    @Test
    void theClientTakesTheBestThatIsOfferedAndAllowed() {
        var all =
                Stream.of(ClientMechanism.values()).map(ClientMechanism::token).toList();
        var password = new Credentials.WithPassword("u", Password.of("p"), Optional.empty());
        var token = new Credentials.WithToken("u", new Token("t"));
        assertThat(client(password, true, Servers.TLS.bindings()).choose(all))
                .contains(ClientMechanism.SCRAM_SHA_256_PLUS);
        assertThat(client(password, false, ChannelBindings.none()).choose(all)).contains(ClientMechanism.SCRAM_SHA_256);
        assertThat(client(password, true, ChannelBindings.none()).choose(List.of("login", "plain", "CRAM-MD5")))
                .contains(ClientMechanism.PLAIN);
        assertThat(client(password, false, ChannelBindings.none()).choose(List.of("LOGIN", "PLAIN", "XYZ")))
                .isEmpty();
        assertThat(client(token, true, ChannelBindings.none()).choose(all)).contains(ClientMechanism.OAUTHBEARER);
        assertThat(client(token, false, ChannelBindings.none()).choose(all)).isEmpty();
    }

    private static SaslClient client(Credentials credentials, boolean confidential, ChannelBindings bindings) {
        return new SaslClient(
                credentials, new Service("smtp", "mail.example", 587), confidential, bindings, Nonces.random());
    }

    private static End run(
            ServerMechanism mechanism, String login, String password, Optional<String> actAs, Channel channel) {
        var bound = mechanism.need() == ServerMechanism.Need.BINDING;
        return run(mechanism, login, password, actAs, channel, bound ? channel.bindings() : ChannelBindings.none());
    }

    private static End run(
            ServerMechanism mechanism,
            String login,
            String password,
            Optional<String> actAs,
            Channel channel,
            ChannelBindings known) {
        var credentials = mechanism == ServerMechanism.OAUTHBEARER || mechanism == ServerMechanism.XOAUTH2
                ? new Credentials.WithToken(login, new Token(password.equals("wrong") ? "wrong" : "right"))
                : new Credentials.WithPassword(login, Password.of(password), actAs);
        var client = client(credentials, true, known);
        var chosen = client.choose(List.of(mechanism.token())).orElseThrow();
        ClientStep mine = client.start(chosen);
        ServerStep theirs = SERVER.start(mechanism, channel, ((Respond) mine).response());
        for (int turn = 0; turn < 10; turn++) {
            theirs = directory(theirs, login);
            if (theirs instanceof ServerStep.Accepted accepted) {
                theirs = accepted.withDataAsChallenge();
            }
            if (theirs instanceof ServerStep.Accepted) {
                return new End(theirs, ((Respond) mine).success());
            }
            if (!(theirs instanceof ServerStep.Challenge challenge)) {
                return new End(theirs, mine);
            }
            mine = ((Respond) mine).challenge(challenge.octets());
            if (!(mine instanceof Respond respond)) {
                return new End(theirs, mine);
            }
            theirs = challenge.respond(respond.response().orElseThrow());
        }
        throw new AssertionError("no end");
    }

    private static ServerStep directory(ServerStep step, String login) {
        boolean known = !login.equals("nobody");
        return switch (step) {
            case ServerStep.CheckPassword check ->
                known
                                && check.password()
                                        .use(octets -> new String(octets, StandardCharsets.UTF_8))
                                        .equals("p\u00ADässword")
                        ? check.accepted()
                        : check.refused();
            case ServerStep.FindScramCredential find ->
                known
                        ? find.found(ScramCredential.derive(find.hash(), Password.of("pässword"), SALT, 4096))
                        : find.unknown();
            case ServerStep.CheckToken check ->
                known && check.token().value().equals("right")
                        ? check.accepted(login)
                        : check.refused(TokenFault.INVALID_TOKEN);
            case ServerStep.Challenge same -> same;
            case ServerStep.Accepted same -> same;
            case ServerStep.Refused same -> same;
        };
    }
}
