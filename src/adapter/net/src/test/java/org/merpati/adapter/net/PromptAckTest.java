package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.config.TlsMode;

@Timeout(60)
class PromptAckTest {
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(1));

    /** Counts how often the kernel is asked. */
    private static final class Counting extends Socket {
        private int asked;

        Counting(InetAddress host, int port) throws IOException {
            super(host, port);
        }

        @Override
        public <T> Socket setOption(SocketOption<T> option, T value) throws IOException {
            asked += option.name().equals("TCP_QUICKACK") ? 1 : 0;
            return super.setOption(option, value);
        }
    }

    @Test
    void whoSendsInPiecesIsAcknowledgedAtOnce() throws IOException {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        var loopback = InetAddress.getLoopbackAddress();
        try (var listener = new ServerSocket(0, 1, loopback);
                var socket = new Counting(loopback, listener.getLocalPort());
                var client = listener.accept()) {
            var connection = new SocketConnection("test", "imap", socket, new ConnectionThreads(true), service());
            var out = client.getOutputStream();
            out.write("a command\r\n".getBytes(StandardCharsets.US_ASCII));
            read(connection);
            assertThat(socket.asked).isZero();
            connection.out().write('+');
            out.write(new byte[100]);
            read(connection);
            assertThat(socket.asked).as("the answer has acknowledged").isZero();
            out.write('x');
            read(connection);
            assertThat(socket.asked).isEqualTo(1);
            connection.out().write('+');
            out.write('x');
            read(connection);
            assertThat(socket.asked).isEqualTo(1);
        }
    }

    private static void read(SocketConnection connection) throws IOException {
        assertThat(connection.in().read(new byte[200])).isPositive();
    }

    private static Service service() {
        return new Service(
                new EchoProtocol(),
                TlsMode.NONE,
                () -> {
                    throw new IllegalStateException("no TLS here");
                },
                List.of(),
                Limits.NONE,
                ThreadKind.AUTO,
                PATIENCE);
    }
}
