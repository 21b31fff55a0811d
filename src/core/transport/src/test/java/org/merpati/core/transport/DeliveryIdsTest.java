package org.merpati.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

    @Test
    void laterIdsSortBehindEarlierOnes() {
        assertThat(DeliveryIds.at(NOW.plusMillis(1)).toString())
                .isGreaterThan(DeliveryIds.at(NOW).toString());
    }

    @Test
    void idsOfOneMillisecondDifferAndAreOfVersionSeven() {
        var id = DeliveryIds.at(NOW);
        assertThat(id).isNotEqualTo(DeliveryIds.at(NOW));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }
}
