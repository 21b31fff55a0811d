package org.merpati.lib.sasl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.merpati.lib.sasl.server.ServerMechanism.PLAIN;
import static org.merpati.lib.sasl.server.ServerMechanism.SCRAM_SHA_1;
import static org.merpati.lib.sasl.server.ServerMechanism.SCRAM_SHA_256;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SaslServerTest {
    @Test
    void secretsAreAskedForOnlyWhereTheyCanTravelAndBindingsOnlyWhereTheyAre() {
        var server = Servers.all(() -> "n");
        assertThat(server.offered(Servers.TLS)).containsExactly(ServerMechanism.values());
        assertThat(server.offered(Servers.UNBOUND))
                .doesNotContain(ServerMechanism.SCRAM_SHA_256_PLUS, ServerMechanism.SCRAM_SHA_1_PLUS)
                .contains(PLAIN);
        assertThat(server.offered(Servers.OPEN)).containsExactly(SCRAM_SHA_256, SCRAM_SHA_1);
    }

    @Test
    void whatIsNotOfferedDoesNotBegin() {
        assertThatThrownBy(() -> Servers.all(() -> "n").start(PLAIN, Servers.OPEN, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        var scramOnly = Servers.of(EnumSet.of(SCRAM_SHA_256), () -> "n");
        assertThat(scramOnly.offered(Servers.TLS)).containsExactly(SCRAM_SHA_256);
        assertThatThrownBy(() -> scramOnly.start(PLAIN, Servers.TLS, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAreKnownInAnyCase() {
        assertThat(ServerMechanism.of("scram-sha-256")).contains(SCRAM_SHA_256);
        assertThat(ServerMechanism.of("CRAM-MD5")).isEmpty();
    }
}
