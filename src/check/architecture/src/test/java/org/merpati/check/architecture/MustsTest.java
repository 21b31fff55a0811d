package org.merpati.check.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The rows of {@code docs/rfc.tsv} that begin with a number and a section: a MUST in our words, with the tests that try it as
 * {@code Class.method}; {@code untested} ones have a reason instead. Those that only clients can keep are not listed.
 */
class MustsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("user.dir"), "../../..").normalize();
    private static final Pattern SECTION = Pattern.compile("[0-9]+ §[0-9]+(\\.[0-9]+)*");

    private record Must(String section, String status, String rule, String tests) {
        List<String> names() {
            return List.of(tests.split(", "));
        }
    }

    private static List<Must> musts() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/rfc.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(row -> SECTION.matcher(row[0]).matches())
                .map(row -> new Must(row[0], row[1], row[2], row[3]))
                .toList();
    }

    /** The sources of test classes by the class's name. */
    private static Map<String, String> tests() throws IOException {
        var tests = new HashMap<String, String>();
        try (var files = Files.walk(ROOT)) {
            for (var file : files.filter(MustsTest::hasTests).toList()) {
                var name = file.getFileName().toString();
                tests.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        }
        return tests;
    }

    private static boolean hasTests(Path file) {
        var name = file.toString();
        return name.endsWith(".java")
                && (name.contains("/src/test/") || name.contains("/src/check/conformance/src/main/"));
    }

    @Test
    void everyMustHasATestThatExists() throws IOException {
        var tests = tests();
        assertThat(musts())
                .isNotEmpty()
                .allSatisfy(must -> assertThat(must.status()).as(must.rule()).isIn("must", "departs", "untested"))
                .filteredOn(must -> must.status().equals("must"))
                .allSatisfy(must -> assertThat(must.names()).as(must.rule()).allMatch(name -> exists(name, tests)));
    }

    private static boolean exists(String name, Map<String, String> tests) {
        var parts = name.split("\\.", -1);
        return parts.length == 2 && tests.getOrDefault(parts[0], "").contains(" void " + parts[1] + "(");
    }

    /** A rule in the check of conformance names the section that the index has it for. */
    @Test
    void rulesNameTheSectionTheyAreListedFor() throws IOException {
        var tests = tests();
        assertThat(musts())
                .filteredOn(must -> must.status().equals("must"))
                .allSatisfy(must -> assertThat(must.names())
                        .filteredOn(name -> name.contains("Rules."))
                        .allSatisfy(
                                name -> assertThat(sections(name, tests)).contains("RFC " + must.section() + "\"")));
    }

    private static String sections(String name, Map<String, String> tests) {
        var parts = name.split("\\.", -1);
        var source = tests.getOrDefault(parts[0], "");
        int method = source.indexOf(" void " + parts[1] + "(");
        int rule = source.lastIndexOf("@Rule(", method);
        return rule < 0 ? "" : source.substring(rule, method);
    }
}
