package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A client that believes what it is told, and fails when that can't be (RFC 9051 §5.2, §5.5, §7.5, RFC 7162 §3.2.10). */
final class ModelClient {
    private static final Pattern UNTAGGED = Pattern.compile("\\* (?:(\\d+) )?(\\S+)(?: (.*))?");
    private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
    private static final List<String> SOME = List.of("\\Seen", "\\Flagged", "\\Deleted", "work", "home");

    private static final class Known {
        long uid; // 0: not told yet

        @Nullable
        Set<String> flags;
    }

    private final MemoryConnection connection;
    private final String name;
    private final List<Known> mailbox = new ArrayList<>();
    private final boolean notified;
    private final Set<Long> found = new TreeSet<>();
    private String context = "";
    private boolean mayExpunge;
    private int number;

    ModelClient(RealHouse house, String name, String feature) {
        this.connection = new MemoryConnection(house.protocol());
        this.name = name;
        this.notified = feature.equals("NOTIFY");
        assertThat(connection.line()).startsWith("* OK");
        run("LOGIN alice@example.org secret", true);
        if (notified) {
            run("NOTIFY SET (selected-delayed (MessageNew (UID FLAGS) MessageExpunge FlagChange))", true);
        } else if (!feature.isEmpty()) {
            run("ENABLE " + feature, true);
        }
    }

    void select() {
        mailbox.clear();
        run("SELECT INBOX", true);
        fetchUnknown();
        found.clear();
        context = name + "-" + (number + 1);
        run("UID SEARCH RETURN (UPDATE ALL) UNFLAGGED", true);
    }

    void examine() {
        mailbox.clear();
        run("EXAMINE INBOX", true);
    }

    void noop() {
        run("NOOP", true);
    }

    void fetchAll() {
        if (!mailbox.isEmpty()) {
            run("FETCH 1:* (UID FLAGS)", false);
        }
    }

    /** Asks for what EXISTS alone has told of; others are known, and must have been told right. */
    void fetchUnknown() {
        for (int i = 0; i < mailbox.size(); i++) {
            var known = mailbox.get(i);
            if (known.uid == 0 || known.flags == null) {
                run("FETCH " + (i + 1) + " (UID FLAGS)", false);
            }
        }
    }

    /** The search that is kept up to date has found these. */
    Set<Long> found() {
        return found;
    }

    Set<Long> unflagged() {
        var all = new TreeSet<Long>();
        messages().forEach((uid, flags) -> {
            if (!flags.contains("\\Flagged")) {
                all.add(uid);
            }
        });
        return all;
    }

    Map<Long, Set<String>> messages() {
        var all = new TreeMap<Long, Set<String>>();
        long last = 0;
        for (var known : mailbox) {
            assertThat(known.uid).as(this::transcript).isGreaterThan(last);
            last = known.uid;
            all.put(known.uid, java.util.Objects.requireNonNull(known.flags));
        }
        return all;
    }

    String transcript() {
        return name + ":\n" + connection.transcript();
    }

    void close() {
        connection.close();
    }

    void doAnything(Random random) {
        switch (random.nextInt(14)) {
            case 0, 1 -> append(random);
            case 2, 3, 4, 5 -> store(random);
            case 6 -> run("EXPUNGE", true);
            case 7 -> numbers(random, true).ifPresent(uids -> run("UID EXPUNGE " + uids, true));
            case 8 -> numbers(random, true).ifPresent(uids -> run("UID MOVE " + uids + target(random), true));
            case 9 -> numbers(random, false).ifPresent(set -> run("COPY " + set + target(random), true));
            case 10 -> idle();
            case 11 -> run("SEARCH ALL", false);
            case 12 -> numbers(random, true).ifPresent(uids -> run("UID FETCH " + uids + " (FLAGS)", true));
            default -> noop();
        }
        fetchUnknown();
    }

    private void append(Random random) {
        var text = "Subject: " + random.nextInt(1000) + "\r\n\r\n";
        run("APPEND INBOX (" + flags(random) + ") {" + text.length() + "+}\r\n" + text, true);
    }

    private static String target(Random random) {
        return random.nextInt(3) == 0 ? " Archive" : " INBOX";
    }

    private static String flags(Random random) {
        var flags = new TreeSet<String>();
        for (var flag : SOME) {
            if (random.nextInt(3) == 0) {
                flags.add(flag);
            }
        }
        return String.join(" ", flags);
    }

    /**
     * A client that is SILENT takes it that what it wants is so. One that is told at any time can't: what it is told may be from
     * before its command was read.
     */
    private void store(Random random) {
        boolean byUid = random.nextBoolean();
        var sign = List.of("", "+", "-").get(random.nextInt(3));
        boolean silent = random.nextBoolean() && !notified;
        numbers(random, byUid).ifPresent(set -> {
            var flags = flags(random);
            var wanted = new TreeSet<>(Arrays.asList(flags.split(" ", -1)));
            wanted.remove("");
            if (silent) {
                assume(set, byUid, sign, wanted);
            }
            var item = sign + "FLAGS" + (silent ? ".SILENT" : "");
            run((byUid ? "UID STORE " : "STORE ") + set + " " + item + " (" + flags + ")", byUid);
        });
    }

    private void assume(String set, boolean byUid, String sign, Set<String> wanted) {
        for (var text : set.split(",", -1)) {
            long number = Long.parseLong(text);
            for (int i = 0; i < mailbox.size(); i++) {
                var known = mailbox.get(i);
                if ((byUid ? known.uid == number : i + 1 == number) && known.flags != null) {
                    var flags = new TreeSet<>(sign.isEmpty() ? Set.of() : known.flags);
                    if (sign.equals("-")) {
                        flags.removeAll(wanted);
                    } else {
                        flags.addAll(wanted);
                    }
                    known.flags = flags;
                }
            }
        }
    }

    /** Some messages that the client knows, by number or by uid. */
    private java.util.Optional<String> numbers(Random random, boolean uids) {
        var chosen = new ArrayList<String>();
        for (int i = 0; i < mailbox.size(); i++) {
            if (random.nextInt(4) == 0 && (!uids || mailbox.get(i).uid > 0)) {
                chosen.add(Long.toString(uids ? mailbox.get(i).uid : i + 1));
            }
        }
        return chosen.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(String.join(",", chosen));
    }

    private void idle() {
        var tag = name + "-" + ++number;
        mayExpunge = true;
        connection.send(tag + " IDLE\r\nDONE\r\n");
        take(tag, "IDLE");
    }

    /** @param expunging whether numbers may change while it runs */
    private void run(String command, boolean expunging) {
        var tag = name + "-" + ++number;
        mayExpunge = expunging;
        connection.send(tag + " " + command + "\r\n");
        take(tag, command);
    }

    private void take(String tag, String command) {
        while (true) {
            var line = connection.line();
            if (line == null) {
                fail("the server is gone at " + command + "\n" + transcript());
                return;
            }
            if (line.startsWith(tag + " ")) {
                boolean gone = line.contains("[EXPUNGEISSUED]");
                assertThat(line.startsWith(tag + " OK") || gone)
                        .as(this::transcript)
                        .isTrue();
                return;
            }
            if (!line.startsWith("+ ")) {
                untagged(line);
            }
        }
    }

    private void untagged(String line) {
        var matcher = UNTAGGED.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        int count = matcher.group(1) == null ? -1 : Integer.parseInt(matcher.group(1));
        var rest = matcher.group(3) == null ? "" : matcher.group(3);
        switch (matcher.group(2)) {
            case "EXISTS" -> {
                assertThat(count).as(this::transcript).isGreaterThanOrEqualTo(mailbox.size());
                while (mailbox.size() < count) {
                    mailbox.add(new Known());
                }
            }
            case "EXPUNGE" -> {
                assertThat(mayExpunge).as(this::transcript).isTrue();
                assertThat(count).as(this::transcript).isBetween(1, mailbox.size());
                mailbox.remove(count - 1);
            }
            case "VANISHED" -> {
                assertThat(mayExpunge).as(this::transcript).isTrue();
                uids(rest)
                        .forEach(uid -> assertThat(vanished(uid))
                                .as(() -> "VANISHED " + uid + "\n" + transcript())
                                .isTrue());
            }
            case "FETCH" -> fetched(count, rest);
            case "ESEARCH" -> {
                if (rest.startsWith("(TAG \"" + context + "\") UID")) {
                    searched(rest.substring(rest.indexOf("UID") + 3).strip());
                }
            }
            case "SEARCH" ->
                assertThat(rest.isEmpty() ? 0 : rest.split(" ", -1).length)
                        .as(this::transcript)
                        .isLessThanOrEqualTo(mailbox.size());
            default -> {} // nothing that the model is about
        }
    }

    /** A message that is known by EXISTS alone may be the one: its uid has not been asked for. */
    private boolean vanished(long uid) {
        if (mailbox.removeIf(known -> known.uid == uid)) {
            return true;
        }
        long before = 0;
        for (int i = 0; i < mailbox.size(); i++) {
            if (mailbox.get(i).uid > 0) {
                before = mailbox.get(i).uid;
            } else if (before < uid && uid < after(i)) {
                mailbox.remove(i);
                return true;
            }
        }
        return false;
    }

    /** The first uid behind this place. */
    private long after(int place) {
        return mailbox.stream()
                .skip(place)
                .mapToLong(known -> known.uid)
                .filter(uid -> uid > 0)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private void searched(String items) {
        if (items.isEmpty()) {
            return;
        }
        var words = items.replaceAll("[()]", "").split(" ", -1);
        var uids = uids(words[words.length - 1]).boxed().toList();
        if (words[0].equals("REMOVEFROM")) {
            assertThat(found).as(this::transcript).containsAll(uids);
            uids.forEach(found::remove);
        } else {
            assertThat(found).as(this::transcript).doesNotContainAnyElementsOf(uids);
            found.addAll(uids);
        }
    }

    private void fetched(int count, String rest) {
        assertThat(count).as(this::transcript).isBetween(1, mailbox.size());
        var known = mailbox.get(count - 1);
        var uid = UID.matcher(rest);
        if (uid.find()) {
            long told = Long.parseLong(uid.group(1));
            assertThat(known.uid == 0 || known.uid == told).as(this::transcript).isTrue();
            known.uid = told;
        }
        var flags = FLAGS.matcher(rest);
        if (flags.find()) {
            var told = new TreeSet<>(Arrays.asList(flags.group(1).split(" ", -1)));
            told.remove("");
            told.remove("\\Recent");
            known.flags = told;
        }
    }

    private static LongStream uids(String set) {
        return Arrays.stream(set.split(",", -1)).flatMapToLong(range -> {
            var ends = range.split(":", -1);
            return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
        });
    }
}
