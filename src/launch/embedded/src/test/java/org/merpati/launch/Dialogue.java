package org.merpati.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says lines and reads until the line it waits for. */
final class Dialogue implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final BufferedReader in;

    Dialogue(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    Dialogue say(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** What came up to and with the line that begins so; fails on the end, or on a refusal instead of it. */
    String expect(String start) throws IOException {
        var said = new StringBuilder();
        while (true) {
            var line = in.readLine();
            if (line == null) {
                throw new AssertionError("expected " + start + ", but the connection ended after:\n" + said);
            }
            said.append(line).append('\n');
            if (line.startsWith(start)) {
                return said.toString();
            }
            if (line.matches("([45][0-9][0-9] |[a-z] (NO|BAD)).*")) {
                throw new AssertionError("expected " + start + " but got:\n" + said);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
