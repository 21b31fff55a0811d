package org.merpati.lib.sasl.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.sasl.ChannelBinding;
import org.merpati.lib.sasl.ChannelBindings;
import org.merpati.lib.sasl.Nonces;
import org.merpati.lib.sasl.server.ServerStep.Challenge;
import org.merpati.lib.sasl.server.ServerStep.Refused;

/** Servers and channels for tests, and short words for their steps. */
public final class Servers {
    public static final Channel TLS = new Channel(
            true,
            ChannelBindings.of(List.of(
                    new ChannelBinding(ChannelBinding.TLS_EXPORTER, new byte[] {1, 2, 3}),
                    new ChannelBinding(ChannelBinding.TLS_SERVER_END_POINT, new byte[] {4, 5, 6}))));

    /** Confidential, without a binding. */
    public static final Channel UNBOUND = new Channel(true, ChannelBindings.none());

    public static final Channel OPEN = new Channel(false, ChannelBindings.none());

    private Servers() {}

    public static SaslServer all(Nonces nonces) {
        return of(EnumSet.allOf(ServerMechanism.class), nonces);
    }

    public static SaslServer of(EnumSet<ServerMechanism> enabled, Nonces nonces) {
        return new SaslServer(
                enabled,
                new ScramDecoys(() -> "a key of sixteen and more".getBytes(StandardCharsets.US_ASCII), 16, 4096),
                new OAuthHints(Optional.of("mail"), Optional.of("https://id.example/.well-known/openid-configuration")),
                nonces);
    }

    static ServerStep start(ServerMechanism mechanism, String initial) {
        return all(() -> "server-nonce").start(mechanism, TLS, Optional.of(bytes(initial)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(ServerStep step) {
        assertThat(step).isInstanceOf(Challenge.class);
        return new String(((Challenge) step).octets(), StandardCharsets.UTF_8);
    }

    static ServerStep respond(ServerStep step, String response) {
        assertThat(step).isInstanceOf(Challenge.class);
        return ((Challenge) step).respond(bytes(response));
    }

    static void refused(ServerStep step, Refused.Reason reason) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        Refused.class, it -> assertThat(it.reason()).isEqualTo(reason));
    }
}
