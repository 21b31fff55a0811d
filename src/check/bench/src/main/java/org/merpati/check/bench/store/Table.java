package org.merpati.check.bench.store;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Figures by what was measured and on which database, in Markdown. */
final class Table {
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final Set<String> databases = new LinkedHashSet<>();

    void put(String what, String database, String figure) {
        rows.computeIfAbsent(what, row -> new LinkedHashMap<>()).put(database, figure);
        databases.add(database);
        System.err.println(database + ": " + what + ": " + figure);
    }

    void print(PrintStream out) {
        out.println("| what | " + String.join(" | ", databases) + " |");
        out.println("| --- |" + " --- |".repeat(databases.size()));
        rows.forEach((what, figures) -> {
            var line = new StringBuilder("| ").append(what).append(" |");
            for (var database : databases) {
                line.append(' ').append(figures.getOrDefault(database, "")).append(" |");
            }
            out.println(line);
        });
    }
}
