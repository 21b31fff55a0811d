package org.merpati.launch.train;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A conversation with the server of this JVM, line by line. */
final class Wire implements Closeable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int BUFFER = 16 * 1024;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        this.out = socket.getOutputStream();
    }

    static Wire to(int port) throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static Wire overTls(int port, SSLContext tls) throws IOException {
        return new Wire(tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    }

    /** What follows goes over TLS. */
    void secure(SSLContext tls) throws IOException {
        socket = tls.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostName(), socket.getPort(), true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    Wire send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Reads one SMTP reply, which must be of this class. */
    void reply(char wanted) throws IOException {
        String line;
        do {
            line = line();
        } while (line.length() > 3 && line.charAt(3) == '-');
        if (line.isEmpty() || line.charAt(0) != wanted) {
            throw new IOException("wanted " + wanted + "xx, got: " + line);
        }
    }

    /** Reads IMAP's answer to the command of this tag, whatever it says. */
    void answer(String tag) throws IOException {
        for (var line = line(); !line.startsWith(tag + " "); line = line()) {
            if (line.endsWith("}")) {
                in.skipNBytes(Integer.parseInt(line, line.lastIndexOf('{') + 1, line.length() - 1, 10));
            }
        }
    }

    /** All until the server closes. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
