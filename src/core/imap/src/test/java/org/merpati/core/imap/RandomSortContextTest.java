package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that keeps sorted results by what it is told of them (RFC 5267 §4.3.3, §4.3.4), while it and another session change
 * the mailbox at random: after each step it has what SORT answers.
 */
final class RandomSortContextTest {
    private static final Pattern UPDATE =
            Pattern.compile("\\* ESEARCH \\(TAG \"(\\w+)\"\\) UID (ADDTO|REMOVEFROM) \\((.*)\\)");
    private static final Pattern ALL = Pattern.compile("\\* ESEARCH \\(TAG \"(\\w+)\"\\) UID ALL (.*)");
    private static final List<String> CRITERIA =
            List.of("(SUBJECT)", "(REVERSE SUBJECT ARRIVAL)", "(SIZE REVERSE DATE)");
    private static final int STEPS = 60;

    private final RealHouse house = RealHouse.HOUSE.empty();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatIsToldMakesWhatSortAnswers(long seed) {
        var random = new Random(seed);
        try (var client = connect();
                var other = connect()) {
            for (int i = 0; i < 20; i++) {
                house.deliver("INBOX", subject(random));
            }
            var kept = new ArrayList<List<Long>>();
            for (int i = 0; i < CRITERIA.size(); i++) {
                kept.add(new ArrayList<>());
                ask(client, kept, "s" + i, CRITERIA.get(i), "UPDATE ALL");
            }
            for (int step = 0; step < STEPS; step++) {
                change(random, random.nextBoolean() ? client : other, client, kept);
                say(client, kept, "n NOOP");
                for (int i = 0; i < CRITERIA.size(); i++) {
                    assertThat(kept.get(i))
                            .as("seed %d, step %d, %s", seed, step, CRITERIA.get(i))
                            .isEqualTo(ask(client, kept, "q", CRITERIA.get(i), "ALL"));
                }
            }
        }
    }

    private MemoryConnection connect() {
        var client = new MemoryConnection(house.protocol());
        client.line();
        client.ask("l LOGIN alice@example.org secret");
        client.ask("s SELECT INBOX");
        return client;
    }

    /** Many alike. */
    private static String subject(Random random) {
        return Character.toString('a' + random.nextInt(8)).repeat(1 + random.nextInt(2));
    }

    private void change(Random random, MemoryConnection who, MemoryConnection keeper, List<List<Long>> kept) {
        var set = (1 + random.nextInt(10)) + ":" + (1 + random.nextInt(40));
        switch (random.nextInt(5)) {
            case 0 -> {
                for (int i = random.nextInt(6); i >= 0; i--) {
                    house.deliver("INBOX", subject(random));
                }
            }
            case 1 -> {
                run(who, keeper, kept, "c UID STORE " + (1 + random.nextInt(60)) + " +FLAGS.SILENT (\\Deleted)");
                run(who, keeper, kept, "c EXPUNGE");
            }
            case 2 -> run(who, keeper, kept, "c UID STORE " + set + " +FLAGS (\\Flagged)");
            case 3 -> run(who, keeper, kept, "c UID STORE " + set + " -FLAGS.SILENT (\\Flagged)");
            default -> run(who, keeper, kept, "c UID MOVE " + (1 + random.nextInt(60)) + " Archive");
        }
    }

    private static void run(MemoryConnection who, MemoryConnection keeper, List<List<Long>> kept, String command) {
        if (who == keeper) {
            say(keeper, kept, command);
        } else {
            assertThat(who.ask(command)).startsWith("c OK");
        }
    }

    /** The results, all of them. */
    private static List<Long> ask(
            MemoryConnection client, List<List<Long>> kept, String tag, String criteria, String options) {
        var results = new ArrayList<Long>();
        for (var line :
                say(client, kept, tag + " UID SORT RETURN (" + options + ") " + criteria + " UTF-8 UNFLAGGED")) {
            var all = ALL.matcher(line);
            if (all.matches()) {
                results.addAll(numbers(all.group(2)));
            }
        }
        return results;
    }

    private static List<String> say(MemoryConnection client, List<List<Long>> kept, String command) {
        client.send(command + "\r\n");
        var tag = command.substring(0, command.indexOf(' ') + 1);
        var lines = new ArrayList<String>();
        while (true) {
            var line = client.line();
            if (line == null) {
                throw new AssertionError("the server has hung up");
            }
            if (line.startsWith(tag)) {
                assertThat(line).startsWith(tag + "OK");
                return lines;
            }
            lines.add(line);
            var all = ALL.matcher(line);
            if (all.matches() && all.group(1).startsWith("s")) {
                kept.get(Integer.parseInt(all.group(1).substring(1))).addAll(numbers(all.group(2)));
            }
            var update = UPDATE.matcher(line);
            if (update.matches()) {
                apply(kept.get(Integer.parseInt(update.group(1).substring(1))), update.group(2), update.group(3));
            }
        }
    }

    private static void apply(List<Long> kept, String what, String pairs) {
        var words = pairs.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            int position = Integer.parseInt(words[i]) - 1;
            var numbers = numbers(words[i + 1]);
            if (what.equals("ADDTO")) {
                kept.addAll(position, numbers);
            } else {
                var there = kept.subList(position, position + numbers.size());
                assertThat(there).isEqualTo(numbers);
                there.clear();
            }
        }
    }

    private static List<Long> numbers(String set) {
        var numbers = new ArrayList<Long>();
        for (var part : set.split(",", -1)) {
            var ends = Arrays.stream(part.split(":", -1)).map(Long::valueOf).toList();
            for (long number = ends.getFirst(); number <= ends.getLast(); number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
