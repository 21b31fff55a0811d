package org.merpati.check.containers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A raw SMTP client: one line out, one reply in. */
final class SmtpConversation implements Closeable {
    private static final int PATIENCE_MS = 120_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    SmtpConversation(int port) throws IOException {
        this(port, new byte[0], "EHLO");
    }

    private SmtpConversation(int port, byte[] before, String greeting) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        out.write(before);
        out.flush();
        expect(2, reply());
        expect(2, command(greeting + " check.example"));
    }

    /** LMTP of a client at 192.0.2.77, as a proxy says with version 2 of its header. */
    static SmtpConversation lmtpThroughProxy(int port) throws IOException {
        var header = ByteBuffer.allocate(28)
                .put(new byte[] {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a})
                .put((byte) 0x21) // version 2, PROXY
                .put((byte) 0x11) // TCP over IPv4
                .putShort((short) 12)
                .put(new byte[] {(byte) 192, 0, 2, 77, 127, 0, 0, 1})
                .putShort((short) 40_000)
                .putShort((short) port);
        return new SmtpConversation(port, header.array(), "LHLO");
    }

    /** Goes on within TLS (RFC 3207 §4). */
    void startTls() throws IOException {
        expect(2, command("STARTTLS"));
        socket = TrustAll.context().getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        expect(2, command("EHLO check.example"));
    }

    /** The last line of the reply. */
    String command(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    /** Sends the message; the reply to its end. */
    String deliver(List<String> recipients, byte[] message) throws IOException {
        boolean eightBit = false;
        for (byte octet : message) {
            eightBit |= octet < 0;
        }
        expect(
                2,
                command("MAIL FROM:<sender@elsewhere.example> SIZE=" + message.length
                        + (eightBit ? " BODY=8BITMIME" : "")));
        for (var recipient : recipients) {
            expect(2, command("RCPT TO:<" + recipient + ">"));
        }
        expect(3, command("DATA"));
        boolean lineStart = true;
        for (byte octet : message) {
            if (lineStart && octet == '.') {
                out.write('.');
            }
            out.write(octet);
            lineStart = octet == '\n';
        }
        return command(".");
    }

    static String deliverOnce(int port, String recipient, byte[] message) throws IOException {
        return deliverOnce(port, List.of(recipient), message);
    }

    static String deliverOnce(int port, List<String> recipients, byte[] message) throws IOException {
        try (var smtp = new SmtpConversation(port)) {
            var reply = smtp.deliver(recipients, message);
            smtp.command("QUIT");
            return reply;
        }
    }

    private String reply() throws IOException {
        while (true) {
            var line = new StringBuilder();
            int octet;
            while ((octet = in.read()) != '\n') {
                if (octet < 0) {
                    throw new EOFException("the server hung up; before that it said: " + line);
                }
                line.append((char) octet);
            }
            var text = line.toString().strip();
            if (text.length() < 4 || text.charAt(3) != '-') {
                return text;
            }
        }
    }

    private static void expect(int kind, String reply) throws IOException {
        if (!reply.startsWith(Integer.toString(kind))) {
            throw new IOException("expected " + kind + "xx and got: " + reply);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
