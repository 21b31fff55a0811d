package org.merpati.launch.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.merpati.launch.MerpatiServer;
import picocli.CommandLine.Command;

/** Starts a server for a moment, so that the JVM can write down the classes it needs: the build's last step. */
@Command(name = "train", hidden = true, description = "Used by the build.")
final class TrainCommand implements Callable<Integer> {
    TrainCommand() {}

    @Override
    public Integer call() throws IOException {
        Logging.toStandardError(Level.WARNING);
        try (var server = MerpatiServer.start(Map.of())) {
            say(server.smtpPort(), "EHLO localhost\r\nQUIT\r\n");
            say(server.imapPort(), "a CAPABILITY\r\nb LOGOUT\r\n");
            say(server.httpPort(), "GET /health/ready HTTP/1.0\r\n\r\n");
        }
        return 0;
    }

    private static void say(int port, String text) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
