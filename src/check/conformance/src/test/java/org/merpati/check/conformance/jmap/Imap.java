package org.merpati.check.conformance.jmap;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An IMAP client of one account, on loopback. A response is its text with the octets of its literals. */
final class Imap implements AutoCloseable {
    private static final int PATIENCE_MS = 60_000;
    private static final Pattern LITERAL = Pattern.compile("\\{([0-9]+)}$");
    private static final Pattern UID = Pattern.compile("\\bUID ([0-9]+)");
    private static final Pattern ID = Pattern.compile("EMAILID \\(([^)]+)\\)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
    private static final Pattern SUBJECT = Pattern.compile("(?i)Subject: ([^\r\n]*)");

    /** One of a mailbox's messages. */
    record Seen(long uid, String id, String subject, Set<String> keywords, boolean deleted) {
        Seen {
            keywords = Set.copyOf(keywords);
        }
    }

    private final Socket socket;
    private final InputStream in;
    private int tags;

    Imap(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream());
        response();
        command("LOGIN " + ServerForClients.ANI + " \"" + ServerForClients.PASSWORD + "\"");
    }

    /** The untagged responses and the tagged one; throws when that is not OK. */
    List<String> command(String text) throws IOException {
        var tag = "t" + ++tags;
        socket.getOutputStream().write((tag + " " + text + "\r\n").getBytes(StandardCharsets.UTF_8));
        var responses = new ArrayList<String>();
        while (true) {
            var response = response();
            responses.add(response);
            if (response.startsWith(tag + " ")) {
                if (!response.startsWith(tag + " OK")) {
                    throw new IOException(text + " was answered: " + response);
                }
                return responses;
            }
        }
    }

    /** All messages of the mailbox that is selected. */
    List<Seen> messages() throws IOException {
        var all = new ArrayList<Seen>();
        for (var response : command("UID FETCH 1:* (UID EMAILID FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")) {
            if (response.startsWith("* ") && response.contains("EMAILID")) {
                var flags = new TreeSet<>(Arrays.asList(found(FLAGS, response).split(" ")));
                flags.removeAll(List.of("", "\\Recent"));
                boolean deleted = flags.remove("\\Deleted");
                var keywords = new TreeSet<String>();
                flags.forEach(flag -> keywords.add(keyword(flag)));
                all.add(new Seen(
                        Long.parseLong(found(UID, response)),
                        found(ID, response),
                        found(SUBJECT, response),
                        keywords,
                        deleted));
            }
        }
        return all;
    }

    /** As JMAP has it (RFC 8621 §4.1.1). */
    private static String keyword(String flag) {
        return flag.startsWith("\\")
                ? "$" + flag.substring(1).toLowerCase(java.util.Locale.ROOT)
                : flag.toLowerCase(java.util.Locale.ROOT);
    }

    private static String found(Pattern pattern, String response) {
        var matcher = pattern.matcher(response);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + response);
        }
        return matcher.group(1);
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
