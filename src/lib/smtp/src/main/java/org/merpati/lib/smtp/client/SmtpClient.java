package org.merpati.lib.smtp.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.merpati.lib.smtp.SmtpReply;

/**
 * Speaks to a server over the given streams, blocking, for one thread. Who made the streams sets their time-outs and closes
 * them. Commands go out as they are given: whoever puts addresses into them has checked them.
 */
public final class SmtpClient {
    private final InputStream in;
    private final OutputStream out;

    public SmtpClient(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in, 8_192);
        this.out = new BufferedOutputStream(out, 16_384);
    }

    /** The next reply; the first of a session is the greeting. */
    public SmtpReply reply() throws IOException {
        return ReplyReader.read(in);
    }

    /** Sends one command (without CRLF) and waits for its reply. */
    public SmtpReply command(String line) throws IOException {
        write(line);
        out.flush();
        return reply();
    }

    /** Sends all commands in one go and then reads as many replies (RFC 2920 §3.1). Keep a group below some 100 commands. */
    public List<SmtpReply> pipeline(List<String> lines) throws IOException {
        for (var line : lines) {
            write(line);
        }
        out.flush();
        var replies = new ArrayList<SmtpReply>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            replies.add(reply());
        }
        return replies;
    }

    /** Sends message data, after a 354, and its end, and waits for the reply. Lines in it end with CRLF; it is read to its end. */
    public SmtpReply data(InputStream content) throws IOException {
        DotStuffing.send(content, out);
        return reply();
    }

    /** Sends octets as they are, for tests of what a server makes of them. */
    public void raw(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /**
     * How a transaction ended.
     *
     * @param recipients each recipient's reply, in their order
     * @param end the reply to the message, or the first negative one that kept it from being sent
     */
    public record Sent(List<SmtpReply> recipients, SmtpReply end) {
        public Sent {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * One transaction, its commands pipelined; the server must have offered that. The message goes to those recipients that
     * the server takes, if there are any.
     *
     * @param from the reverse-path without angle brackets
     * @param to the forward-paths without angle brackets
     */
    public Sent send(String from, List<String> to, InputStream content) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("MAIL FROM:<" + from + ">");
        to.forEach(path -> lines.add("RCPT TO:<" + path + ">"));
        lines.add("DATA");
        var replies = pipeline(lines);
        var mail = replies.getFirst();
        var recipients = replies.subList(1, replies.size() - 1);
        var data = replies.getLast();
        boolean taken = mail.positive() && recipients.stream().anyMatch(SmtpReply::positive);
        if (data.code() == 354) {
            var end = data(taken ? content : InputStream.nullInputStream()); // RFC 2920 §3.1: a single dot
            return new Sent(recipients, taken ? end : firstNegative(replies));
        }
        command("RSET");
        return new Sent(recipients, taken ? data : firstNegative(replies));
    }

    private static SmtpReply firstNegative(List<SmtpReply> replies) {
        return replies.stream().filter(reply -> !reply.positive()).findFirst().orElseGet(replies::getLast);
    }

    private void write(String line) throws IOException {
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a command is one line");
        }
        out.write(line.getBytes(StandardCharsets.ISO_8859_1));
        out.write('\r');
        out.write('\n');
    }

    /** Replies as other servers send them. */
    private static final class ReplyReader {
        private static final int LONGEST_LINE = 2_048;
        private static final int MOST_LINES = 256;

        static SmtpReply read(InputStream in) throws IOException {
            var lines = new ArrayList<String>();
            while (true) {
                var line = line(in);
                lines.add(line);
                if (line.length() < 4 || line.charAt(3) != '-') {
                    return SmtpReply.read(lines);
                }
                if (lines.size() == MOST_LINES) {
                    throw new IOException("a reply of more than " + MOST_LINES + " lines");
                }
            }
        }

        private static String line(InputStream in) throws IOException {
            var text = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("the server closed the connection");
                }
                if (text.length() == LONGEST_LINE) {
                    throw new IOException("a reply line of more than " + LONGEST_LINE + " octets");
                }
                text.append((char) c);
            }
            int end = text.length();
            return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
        }
    }
}
