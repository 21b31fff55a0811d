package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A client that has selected nothing and knows of the mailboxes what NOTIFY tells it, and nothing else (RFC 5465 §5). */
final class StatusClient {
    private static final Pattern STATUS = Pattern.compile("\\* STATUS (\\S+) \\((.*)\\)");

    private final MemoryConnection connection;
    private final Map<String, Map<String, Long>> mailboxes = new TreeMap<>();
    private final boolean condstore;
    private int number;

    StatusClient(RealHouse house, boolean condstore) {
        this.condstore = condstore;
        this.connection = new MemoryConnection(house.protocol());
        assertThat(connection.line()).startsWith("* OK");
        run("LOGIN alice@example.org secret");
        if (condstore) {
            run("ENABLE CONDSTORE");
        }
        run("NOTIFY SET STATUS (mailboxes (INBOX Archive) (MessageNew MessageExpunge FlagChange))");
    }

    /** As it was told. */
    Map<String, Map<String, Long>> known() {
        run("NOOP");
        return mailboxes;
    }

    /** As it is. */
    Map<String, Map<String, Long>> asked() {
        var told = new TreeMap<>(mailboxes);
        mailboxes.clear();
        for (var name : told.keySet()) {
            run("STATUS " + name + " ("
                    + String.join(" ", told.getOrDefault(name, Map.of()).keySet()) + ")");
        }
        var truth = new TreeMap<>(mailboxes);
        mailboxes.clear();
        mailboxes.putAll(told);
        return truth;
    }

    String transcript() {
        return connection.transcript();
    }

    void close() {
        connection.close();
    }

    private void run(String command) {
        var tag = "n" + ++number;
        connection.send(tag + " " + command + "\r\n");
        for (var line = connection.line(); line != null; line = connection.line()) {
            if (line.startsWith(tag + " ")) {
                assertThat(line).as(this::transcript).startsWith(tag + " OK");
                return;
            }
            var matcher = STATUS.matcher(line);
            if (matcher.matches()) {
                told(matcher.group(1), matcher.group(2).split(" ", -1));
            }
        }
        throw new AssertionError("closed\n" + transcript());
    }

    private void told(String mailbox, String[] items) {
        var values = mailboxes.computeIfAbsent(mailbox, name -> new TreeMap<>());
        for (int i = 0; i < items.length; i += 2) {
            if (!condstore && items[i].equals("HIGHESTMODSEQ")) {
                continue; // told in the beginning, and not kept up to date
            }
            var before = values.put(items[i], Long.parseLong(items[i + 1]));
            if (before != null && (items[i].equals("UIDNEXT") || items[i].equals("HIGHESTMODSEQ"))) {
                assertThat(before).as(this::transcript).isLessThanOrEqualTo(values.get(items[i]));
            }
        }
    }
}
