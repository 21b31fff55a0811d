package org.merpati.launch.clients;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Looks into an account, and changes it, beside the client that is tested. */
final class Imap implements AutoCloseable {
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
    private static final Pattern LISTED = Pattern.compile("\\* LIST \\(([^)]*)\\) \"/\" (.*)");
    private static final int PATIENCE_MILLIS = 30_000;

    /** A line with its literals cut out. */
    private record Answer(String text, List<byte[]> literals) {}

    private final Socket socket;
    private final InputStream in;

    Imap(int port, String address) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        answer();
        say("LOGIN " + address + " " + MailHouse.PASSWORD);
    }

    /** What came untagged before the OK, which is demanded. */
    List<String> say(String command) throws IOException {
        return run(command).stream().map(Answer::text).toList();
    }

    /** @param mailbox as it is written in a command */
    void append(String mailbox, String flags, byte[] message) throws IOException {
        write("a APPEND " + mailbox + " (" + flags + ") {" + message.length + "+}\r\n");
        socket.getOutputStream().write(message);
        write("\r\n");
        finish("APPEND");
    }

    /**
     * Every mailbox that can be selected, by its name as it is sent, with what is in it.
     *
     * @param form what of a message is compared
     */
    SortedMap<String, List<Held>> state(Function<byte[], String> form) throws IOException {
        var state = new TreeMap<String, List<Held>>();
        for (var line : say("LIST \"\" *")) {
            var listed = LISTED.matcher(line);
            if (listed.matches() && !listed.group(1).contains("\\No")) {
                var name = listed.group(2).replace("\"", "");
                state.put(name, messages(name, form));
            }
        }
        return state;
    }

    /** Without mailboxes that are empty. */
    static SortedMap<String, List<Held>> filled(Map<String, List<Held>> state) {
        var filled = new TreeMap<>(state);
        filled.values().removeIf(List::isEmpty);
        return filled;
    }

    List<Held> messages(String mailbox, Function<byte[], String> form) throws IOException {
        say("EXAMINE \"" + mailbox + "\"");
        var messages = new ArrayList<Held>();
        for (var answer : run("UID FETCH 1:* (FLAGS BODY.PEEK[])")) {
            var flags = FLAGS.matcher(answer.text());
            if (!answer.literals().isEmpty() && flags.find()) {
                messages.add(Held.of(
                        form.apply(answer.literals().getFirst()),
                        Arrays.asList(flags.group(1).split(" "))));
            }
        }
        return messages.stream().sorted().toList();
    }

    private List<Answer> run(String command) throws IOException {
        write("a " + command + "\r\n");
        return finish(command);
    }

    private List<Answer> finish(String command) throws IOException {
        var answers = new ArrayList<Answer>();
        while (true) {
            var answer = answer();
            if (answer.text().startsWith("a ")) {
                if (!answer.text().startsWith("a OK")) {
                    throw new IOException(command + " was answered " + answer.text());
                }
                return answers;
            }
            answers.add(answer);
        }
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Answer answer() throws IOException {
        var text = new StringBuilder();
        var literals = new ArrayList<byte[]>();
        while (true) {
            var line = line();
            if (!line.endsWith("}")) {
                return new Answer(text.append(line).toString(), literals);
            }
            int open = line.lastIndexOf('{');
            literals.add(in.readNBytes(Integer.parseInt(line, open + 1, line.length() - 1, 10)));
            text.append(line, 0, open);
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server has closed the connection after " + line);
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
