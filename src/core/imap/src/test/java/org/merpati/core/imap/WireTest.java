package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.Protocol;

final class WireTest {
    private final AtomicLong nanos = new AtomicLong();

    private MemoryConnection connection() {
        return new MemoryConnection(new Protocol() {
            @Override
            public void serve(Connection connection) {}

            @Override
            public String refusal(String reason) {
                return "";
            }
        });
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** A client that sends an octet now and then is never silent, and still has no more time. */
    @Test
    void slownessDoesNotPutOffTheDeadline() throws IOException {
        var client = connection();
        try (var wire = new Wire(client, nanos::get)) {
            wire.deadlineIn(Duration.ofMinutes(3));
            client.send("abc");
            assertThat(wire.in().read()).isEqualTo('a');
            assertThat(client.silence).isEqualTo(Duration.ofMinutes(3));
            pass(Duration.ofMinutes(2));
            assertThat(wire.in().read()).isEqualTo('b');
            assertThat(client.silence).isEqualTo(Duration.ofMinutes(1));
            pass(Duration.ofMinutes(1));
            assertThatThrownBy(() -> wire.in().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void silenceAloneCountsOnceThereIsNoDeadline() throws IOException {
        var client = connection();
        try (var wire = new Wire(client, nanos::get)) {
            wire.deadlineIn(Duration.ofMinutes(3));
            wire.silence(Duration.ofMinutes(30));
            pass(Duration.ofHours(5));
            client.send("a");
            assertThat(wire.in().read()).isEqualTo('a');
            assertThat(client.silence).isEqualTo(Duration.ofMinutes(30));
        }
    }
}
