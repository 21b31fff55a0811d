package org.merpati.check.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Payara 6 with its own H2 on disk. */
class PayaraIT extends AdministeredScenario {
    @Override
    Container newContainer() throws IOException {
        return new PayaraHome("payara", Path.of(System.getProperty("check.payara")), Optional.empty());
    }

    /** Its library upgrades on a path of its own, before any servlet of ours: whoever comes there himself is refused. */
    @Test
    @Order(18)
    void theLibrarysOwnPathTakesNobody() {
        assertThat(JmapSocketClient.refused(home.https(), "/jmap/ws/judged", ANI, PASSWORD))
                .isEqualTo(403);
        assertThat(JmapSocketClient.refused(home.https(), "/jmap/ws/%6audged", ANI, PASSWORD))
                .isIn(403, 404);
    }
}
