package org.merpati.check.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What clients have sent, and what of it a server has taken: held against what is in the mailboxes. */
final class Answered {
    /** How a message came in. */
    enum Way {
        /** By SMTP, so that trace fields stand before it. */
        DELIVERED,
        /** By IMAP, octet for octet. */
        APPENDED
    }

    private record Sent(String to, int size, Way way) {}

    private static final Pattern ID = Pattern.compile("(?i)message-id: <([^@]+)@");

    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** To be called before the first octet goes out. */
    String message(String id, String to, int size, Way way) {
        var message = Mail.message(id, to, size, id.hashCode());
        sent.put(id, new Sent(to, message.length(), way));
        return message;
    }

    /** The server has answered that it has the message. */
    void taken(String id) {
        taken.add(id);
    }

    /** How many so. */
    long taken(Way way) {
        return taken.stream()
                .filter(id -> Optional.ofNullable(sent.get(id))
                        .filter(one -> one.way() == way)
                        .isPresent())
                .count();
    }

    /** What is wrong in the INBOXes of so many accounts, empty for nothing. */
    String problems(int port, int accounts) throws IOException {
        var found = new HashMap<String, Integer>();
        var wrong = new StringBuilder();
        for (int account = 1; account <= accounts; account++) {
            var user = ServerUnderTest.user(account);
            try (var imap = Wire.imap(port, user, ServerUnderTest.PASSWORD)) {
                imap.command("EXAMINE INBOX", line -> {});
                imap.command("FETCH 1:* (BODY.PEEK[])", line -> {
                    var id = ID.matcher(line);
                    if (line.contains(" FETCH ") && id.find()) {
                        found.merge(id.group(1), 1, Integer::sum);
                        if (!isWhole(id.group(1), user, literal(line))) {
                            wrong.append(" damaged ").append(id.group(1));
                        }
                    }
                });
            }
        }
        long lost = taken.stream().filter(id -> !found.containsKey(id)).count();
        long twice = found.values().stream().filter(count -> count > 1).count();
        long strange =
                found.keySet().stream().filter(id -> !sent.containsKey(id)).count();
        if (lost + twice + strange > 0) {
            wrong.append(" lost ")
                    .append(lost)
                    .append(", twice ")
                    .append(twice)
                    .append(", never sent ")
                    .append(strange);
        }
        return wrong.toString();
    }

    /** What nobody was answered for may be there or not; when it is, it is all there. */
    private boolean isWhole(String id, String user, String octets) {
        var one = sent.get(id);
        if (one == null) {
            return true; // counted as never sent
        }
        var message = Mail.message(id, one.to(), one.size(), id.hashCode());
        return one.to().equals(user)
                && (one.way() == Way.APPENDED ? octets.equals(message) : octets.endsWith("\r\n" + message));
    }

    /** What stands in a line of one literal, given out as {@link Wire#command} does. */
    private static String literal(String line) {
        int end = line.indexOf("}\n");
        int size = Integer.parseInt(line, line.lastIndexOf('{', end) + 1, end, 10);
        return line.substring(end + 2, end + 2 + size);
    }
}
