package org.merpati.check.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.merpati.lib.mime.charset.Charsets;

/** Texts that glibc's iconv encoded, and its tables of single-byte charsets. */
class CharsetsTest {
    @TestFactory
    List<DynamicTest> everySampleIsReadAsItsText() {
        var tests = new ArrayList<DynamicTest>();
        for (var sample : Samples.json("charsets/index.json")) {
            var name = sample.path("charset").asText();
            tests.add(DynamicTest.dynamicTest(name, () -> {
                var folder = Samples.path("charsets");
                var bytes = Samples.bytes(folder.resolve(sample.path("encoded").asText()));
                var text = new String(
                        Samples.bytes(folder.resolve(sample.path("text").asText())), StandardCharsets.UTF_8);

                assertThat(Charsets.named(name)).as("known").isPresent();
                assertThat(Charsets.decode(bytes, 0, bytes.length, name)).isEqualTo(text);
                assertThat(new String(bytes, Charsets.named(name).get())).isEqualTo(text);
            }));
        }
        assertThat(tests).hasSize(43);
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyOctetOfTheTablesIsItsCharacter() throws IOException {
        var tables = new TreeMap<String, List<String[]>>();
        for (var line : Files.readAllLines(Samples.path("charsets/single-byte-tables.tsv"))) {
            var row = line.split("\t", -1);
            if (!row[2].equals("-") && !row[0].equals("charset")) {
                tables.computeIfAbsent(row[0], any -> new ArrayList<>()).add(row);
            }
        }
        var differences = Differences.read();
        var tests = new ArrayList<DynamicTest>();
        tables.forEach((name, rows) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            for (var row : rows) {
                byte[] octet = {(byte) Integer.parseInt(row[1], 16)};
                differences.check(
                        name + '#' + row[1],
                        "U+" + row[2],
                        String.format(
                                "U+%04X", Charsets.decode(octet, 0, 1, name).codePointAt(0)));
            }
        })));
        return tests;
    }
}
