package org.merpati.check.containers;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A raw IMAP client over TLS. A response is its text with each literal's octets as Latin-1 characters. */
final class ImapConversation implements Closeable {
    private static final int PATIENCE_MS = 120_000;
    private static final Pattern LITERAL = Pattern.compile("\\{([0-9]+)}$");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int tags;

    ImapConversation(int tlsPort) throws IOException {
        socket = TrustAll.context().getSocketFactory().createSocket("127.0.0.1", tlsPort);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
        response();
    }

    static ImapConversation inbox(int tlsPort, String user, String password) throws IOException {
        var imap = new ImapConversation(tlsPort);
        imap.command("LOGIN " + user + " " + password);
        imap.command("SELECT INBOX");
        return imap;
    }

    /** The untagged responses; throws when the answer is not OK. */
    List<String> command(String text) throws IOException {
        var tag = "t" + ++tags;
        send(tag + " " + text);
        var untagged = new ArrayList<String>();
        while (true) {
            var response = response();
            if (response.startsWith(tag + " OK")) {
                return untagged;
            }
            if (response.startsWith(tag + " ")) {
                throw new IOException(text.replaceAll("(?i)(LOGIN) .*", "$1 …") + " was answered: " + response);
            }
            untagged.add(response);
        }
    }

    /** The whole message of that sequence number. */
    byte[] message(int number) throws IOException {
        for (var response : command("FETCH " + number + " BODY.PEEK[]")) {
            int from = response.indexOf("}\r\n");
            if (response.contains("FETCH") && from > 0) {
                return response.substring(from + 3, response.length() - 1).getBytes(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("no message " + number);
    }

    /** Begins to idle; ended by {@link #done}. */
    void idle() throws IOException {
        send("t" + ++tags + " IDLE");
        var answer = response();
        if (!answer.startsWith("+")) {
            throw new IOException("IDLE was answered: " + answer);
        }
    }

    /** Waits for a response with this text. */
    String await(String text) throws IOException {
        while (true) {
            var response = response();
            if (response.contains(text)) {
                return response;
            }
        }
    }

    /** Reads until the server has closed the connection, within the usual patience; what it said meanwhile. */
    List<String> untilClosed() throws IOException {
        var said = new ArrayList<String>();
        try {
            while (true) {
                said.add(response());
            }
        } catch (EOFException | SocketException e) {
            return said;
        }
    }

    void done() throws IOException {
        send("DONE");
        await("t" + tags + " OK");
    }

    /** The number before this word in an untagged response, or after it in brackets: {@code EXISTS}, {@code UIDNEXT}. */
    static long number(List<String> responses, String word) {
        var pattern = Pattern.compile("([0-9]+) " + word + "|" + word + " ([0-9]+)");
        @Nullable String found = null;
        for (var response : responses) {
            var matcher = pattern.matcher(response);
            if (matcher.find()) {
                found = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            }
        }
        if (found == null) {
            throw new IllegalStateException("no " + word + " in " + responses);
        }
        return Long.parseLong(found);
    }

    private void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String response() throws IOException {
        var response = new StringBuilder();
        while (true) {
            var line = line();
            response.append(line);
            var literal = LITERAL.matcher(line);
            if (!literal.find()) {
                return response.toString();
            }
            int length = Integer.parseInt(literal.group(1));
            response.append("\r\n").append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        int octet;
        while ((octet = in.read()) != '\n') {
            if (octet < 0) {
                throw new EOFException("the server hung up; before that it said: " + line);
            }
            line.append((char) octet);
        }
        line.setLength(Math.max(0, line.length() - 1));
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
