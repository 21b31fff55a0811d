package org.merpati.check.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A line-wise connection to loopback, for clients that must do wrong things a proper client would not. */
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int tag;

    Wire(int port) throws IOException {
        this(connected(port), 16_384);
    }

    /** @param buffer octets for what has come and is not read yet */
    Wire(Socket connected, int buffer) throws IOException {
        socket = connected;
        in = new BufferedInputStream(socket.getInputStream(), buffer);
        out = socket.getOutputStream();
    }

    static Socket connected(int port) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
        socket.setSoTimeout(120_000);
        return socket;
    }

    /** A greeted SMTP connection. */
    static Wire smtp(int port) throws IOException {
        var wire = new Wire(port);
        wire.reply('2');
        wire.send("EHLO bench.example\r\n").reply('2');
        return wire;
    }

    /** A greeted SMTP connection that has changed to TLS, whatever the certificate. */
    static Wire smtpByTls(int port) throws IOException {
        var wire = smtp(port);
        wire.send("STARTTLS\r\n").reply('2');
        var secret = new Wire(TlsOfAnybody.over(wire.socket, port), 16_384);
        secret.send("EHLO bench.example\r\n").reply('2');
        return secret;
    }

    /** A signed-in IMAP connection. */
    static Wire imap(int port, String user, String password) throws IOException {
        var wire = new Wire(port);
        wire.line();
        wire.command("LOGIN " + user + " " + password, line -> {});
        return wire;
    }

    Wire send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed by the server");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    byte[] octets(int count) throws IOException {
        var octets = in.readNBytes(count);
        if (octets.length != count) {
            throw new EOFException("closed by the server");
        }
        return octets;
    }

    /** Reads one SMTP reply; its last line. */
    String reply(char expected) throws IOException {
        while (true) {
            var line = line();
            if (line.length() < 4 || line.charAt(3) != '-') {
                if (line.isEmpty() || line.charAt(0) != expected) {
                    throw new IOException("wanted " + expected + "xx, got " + line);
                }
                return line;
            }
        }
    }

    /** One SMTP transaction; returns when the server has answered 250. */
    void deliver(String to, String message) throws IOException {
        send("MAIL FROM:<sender@bench.example>\r\nRCPT TO:<" + to + ">\r\nDATA\r\n");
        reply('2');
        reply('2');
        reply('3');
        send(message + ".\r\n");
        reply('2');
    }

    /** One IMAP command; a line that ends with a literal is given out with the literal's text after it. */
    void command(String command, Consumer<String> untagged) throws IOException {
        var mine = "b" + ++tag;
        send(mine + " " + command + "\r\n");
        completed(mine, command, untagged);
    }

    /**
     * One APPEND to INBOX; returns when the server has answered OK.
     *
     * @param message ASCII
     * @param asking whether to wait until the server wants the message, or to send it along (LITERAL+, RFC 7888 §4)
     */
    void append(String message, boolean asking) throws IOException {
        var mine = "b" + ++tag;
        send(mine + " APPEND INBOX {" + message.length() + (asking ? "}" : "+}") + "\r\n");
        if (asking) {
            for (var line = line(); !line.startsWith("+"); line = line()) {
                if (line.startsWith(mine + " ")) {
                    throw new IOException("APPEND: " + line);
                }
            }
        }
        send(message + "\r\n");
        completed(mine, "APPEND", line -> {});
    }

    private void completed(String mine, String command, Consumer<String> untagged) throws IOException {
        while (true) {
            var line = line();
            if (line.startsWith(mine + " ")) {
                if (!line.startsWith(mine + " OK")) {
                    throw new IOException(command.replaceAll("LOGIN .*", "LOGIN …") + ": " + line);
                }
                return;
            }
            while (line.endsWith("}")) {
                int size = Integer.parseInt(line, line.lastIndexOf('{') + 1, line.length() - 1, 10);
                line += "\n" + new String(octets(size), StandardCharsets.ISO_8859_1) + line();
            }
            untagged.accept(line);
        }
    }

    InputStream in() {
        return in;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is going away
        }
    }
}
