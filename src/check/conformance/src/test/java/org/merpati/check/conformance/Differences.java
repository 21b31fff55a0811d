package org.merpati.check.conformance;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/** The table of docs/mime-differences.md: what we read in another way, and by which RFC. */
final class Differences {
    private static final Path FILE = Path.of("../../../docs/mime-differences.md");
    private static final Pattern ROW = Pattern.compile("\\| (\\S+) \\| (.*?) \\| (.*?) \\| (.*) \\|");

    private record Row(String theirs, String ours, String why) {}

    /** What theirs and ours say of one thing. */
    record Pair(String theirs, String ours) {}

    private final Map<String, Row> rows = new LinkedHashMap<>();

    private Differences() throws IOException {
        for (var line : Files.readAllLines(FILE)) {
            var row = ROW.matcher(line);
            if (row.matches() && row.group(1).contains("#")) {
                var before = rows.put(row.group(1), new Row(row.group(2), row.group(3), row.group(4)));
                assertThat(before).as("a second row for %s", row.group(1)).isNull();
            }
        }
    }

    static Differences read() {
        try {
            return new Differences();
        } catch (IOException e) {
            throw new AssertionError(FILE.toString(), e);
        }
    }

    /** Holds when both are equal and not listed, or listed as they are. */
    void check(String sample, String theirs, String ours) {
        var row = Optional.ofNullable(rows.get(sample));
        if (theirs.equals(ours)) {
            assertThat(row).as("%s does not differ (any more)", sample).isEmpty();
            return;
        }
        assertThat(row)
                .as("| %s | %s | %s | RFC n §s |", sample, cell(theirs), cell(ours))
                .isPresent();
        assertThat(row.get().theirs).as("theirs of %s", sample).isEqualTo(cell(theirs));
        assertThat(row.get().ours).as("ours of %s", sample).isEqualTo(cell(ours));
        assertThat(row.get().why).as("reason of %s", sample).containsPattern("RFC \\d+ §|no RFC");
    }

    /** The same for all things said of one sample, of which the rows are named {@code sample#thing}. */
    void checkAll(String sample, Map<String, Pair> things) {
        var soft = new SoftAssertions();
        var known = new HashSet<String>();
        things.forEach((thing, pair) -> {
            known.add(sample + '#' + thing);
            soft.check(() -> check(sample + '#' + thing, pair.theirs, pair.ours));
        });
        soft.assertThat(unknown(sample, known)).as("rows of what is not in it").isEmpty();
        soft.assertAll();
    }

    /** The listed messages: their names are paths. */
    Set<String> messages() {
        return rows.keySet().stream()
                .filter(row -> row.contains("/"))
                .map(row -> row.substring(0, row.indexOf('#')))
                .collect(toSet());
    }

    /** The listed samples of one file that are not among those that there are. */
    Set<String> unknown(String prefix, Set<String> known) {
        var unknown = new TreeSet<String>();
        for (var sample : rows.keySet()) {
            if (sample.startsWith(prefix + '#') && !known.contains(sample)) {
                unknown.add(sample);
            }
        }
        return unknown;
    }

    /** As it stands in the table: one line, and short. */
    private static String cell(String text) {
        var line = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '|' || c < ' ' || (c >= 0x7f && c < 0xa0) || c == '\\' || c == 0xfffd) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        var whole = line.toString().strip();
        if (whole.isEmpty()) {
            return "(nothing)";
        }
        int limit = 300;
        return whole.length() <= limit ? whole : whole.substring(0, whole.offsetByCodePoints(0, limit - 50)) + " …";
    }
}
