package org.merpati.adapter.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import org.merpati.core.api.session.ChannelBinding;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.session.Protocol;

/** Greets, then says each line again; a few lines make it do other things. */
class EchoProtocol implements Protocol {
    /** Opens when a {@code work} line is being worked on, which ends when {@link #finish} opens. */
    final CountDownLatch working = new CountDownLatch(1);

    final CountDownLatch finish = new CountDownLatch(1);
    /** Opens when a {@code flood} has ended, by whatever. */
    final CountDownLatch flooded = new CountDownLatch(1);

    @Override
    public void serve(Connection connection) throws IOException {
        connection.timeout(Duration.ofSeconds(30));
        write(connection, "hello " + connection.id() + (connection.secure() ? " secure" : ""));
        var in = new BufferedReader(new InputStreamReader(connection.in(), StandardCharsets.US_ASCII));
        while (true) {
            connection.awaiting("bye\r\n");
            var line = in.readLine();
            connection.busy();
            if (line == null || line.equals("quit")) {
                return;
            }
            switch (line) {
                case "work" -> {
                    working.countDown();
                    Waiting.upTo(Duration.ofSeconds(20), left -> {
                        finish.await();
                        return true;
                    });
                    write(connection, "worked");
                }
                case "wait" -> {
                    connection.timeout(Duration.ofMillis(100));
                    try {
                        in.read();
                    } catch (SocketTimeoutException e) {
                        write(connection, "timed out");
                        return;
                    }
                }
                case "starttls" -> {
                    if (!connection.canSecure()) {
                        write(connection, "not here");
                        continue;
                    }
                    write(connection, "go on");
                    connection.startTls();
                }
                case "who" ->
                    write(
                            connection,
                            connection.listener() + " " + connection.peer() + " " + connection.local() + " "
                                    + connection
                                            .tls()
                                            .map(tls -> tls.protocol() + " "
                                                    + tls.serverName().orElse("-"))
                                            .orElse("clear"));
                case "binding" ->
                    write(
                            connection,
                            connection
                                    .binding(ChannelBinding.SERVER_END_POINT)
                                    .map(binding -> HexFormat.of().formatHex(binding.data()))
                                    .orElse("none"));
                case "exporter" ->
                    write(
                            connection,
                            connection
                                    .binding(ChannelBinding.EXPORTER)
                                    .map(binding -> HexFormat.of().formatHex(binding.data()))
                                    .orElse("none"));
                case "flood" -> flood(connection);
                case "thread" ->
                    write(
                            connection,
                            Thread.currentThread().getName() + " "
                                    + Thread.currentThread().isVirtual());
                case "loader" ->
                    connection.execute(() -> {
                        try {
                            write(
                                    connection,
                                    Thread.currentThread().getName() + " "
                                            + Thread.currentThread().getContextClassLoader());
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
                case "bug" -> throw new IllegalStateException("asked for by the test");
                default -> write(connection, line);
            }
        }
    }

    private void flood(Connection connection) throws IOException {
        var block = new byte[65_536];
        java.util.Arrays.fill(block, (byte) 'x');
        block[block.length - 1] = '\n';
        try {
            for (int i = 0; i < 160; i++) {
                connection.out().write(block);
            }
        } finally {
            flooded.countDown();
        }
    }

    private static void write(Connection connection, String line) throws IOException {
        connection.out().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String refusal(String reason) {
        return "no: " + reason + "\r\n";
    }
}
