package org.merpati.check.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The table of what {@code peers/turns.sh} has measured: for each row the medians of both servers, and of the ratios of one
 * turn each, ours over theirs, greater is better. Usage: {@code Medians FOLDER}.
 */
public final class Medians {
    private static final Set<String> LESS_IS_BETTER = Set.of("ms", "s", "MiB");
    private static final Pattern FILE = Pattern.compile("(.+)\\.([0-9]+)\\.json");
    private static final Pattern RESULT = Pattern.compile("\"phase\":\"([^\"]*)\",\"metric\":\"([^\"]*)\","
            + "\"value\":([0-9.]+),\"unit\":\"([^\"]*)\",\"ok\":(true|false)(?:,\"note\":\"([^\"]*)\")?");
    private static final Pattern CPU = Pattern.compile("srv ([0-9.]+) ms CPU(?: each|/op)");

    private Medians() {}

    private record Row(String phase, String metric, String unit) {
        boolean lessIsBetter() {
            return LESS_IS_BETTER.contains(unit);
        }
    }

    private record Measured(double value, double cpu) {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: Medians FOLDER, the one that peers/turns.sh has written to");
            System.exit(2);
        }
        var folder = Path.of(arguments[0]);
        var theirs = read(folder, "postfix-dovecot");
        var ours = read(folder, "merpati");
        System.out.println("| phase | what | unit | Postfix + Dovecot | Merpati | ratio | from to |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        theirs.forEach((row, them) -> {
            var us = ours.get(row);
            if (us != null && us.size() == them.size()) {
                System.out.println(line(row, them, us));
            }
        });
    }

    private static Map<Row, List<Measured>> read(Path folder, String server) throws IOException {
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.filter(path -> {
                        var name = FILE.matcher(path.getFileName().toString());
                        return name.matches() && name.group(1).equals(server);
                    })
                    .sorted()
                    .toList();
        }
        var rows = new LinkedHashMap<Row, List<Measured>>();
        for (var file : files) {
            var found = RESULT.matcher(Files.readString(file, StandardCharsets.UTF_8));
            while (found.find()) {
                var row = new Row(found.group(1), found.group(2).replace("\\\\", "\\"), found.group(4));
                if (!found.group(5).equals("true")) {
                    throw new IOException(file + ": " + row.metric() + " failed its checks: " + found.group(6));
                }
                var cpu = CPU.matcher(found.group(6) == null ? "" : found.group(6));
                rows.computeIfAbsent(row, key -> new ArrayList<>())
                        .add(new Measured(
                                Double.parseDouble(found.group(3)),
                                cpu.find() ? Double.parseDouble(cpu.group(1)) : Double.NaN));
            }
        }
        return rows;
    }

    private static String line(Row row, List<Measured> theirs, List<Measured> ours) {
        var ratios = IntStream.range(0, ours.size())
                .mapToDouble(turn -> {
                    double ratio = ours.get(turn).value() / theirs.get(turn).value();
                    return row.lessIsBetter() ? 1 / ratio : ratio;
                })
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.2f | %.2f to %.2f |",
                row.phase(),
                row.metric(),
                row.unit(),
                text(theirs),
                text(ours),
                median(DoubleStream.of(ratios)),
                ratios[0],
                ratios[ratios.length - 1]);
    }

    /** The median, and in brackets the server's milliseconds of CPU of one operation where they are known. */
    private static String text(List<Measured> all) {
        double value = median(all.stream().mapToDouble(Measured::value));
        double cpu = median(all.stream().mapToDouble(Measured::cpu));
        var number = String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
        return Double.isNaN(cpu) ? number : number + String.format(Locale.ROOT, " (%.2f)", cpu);
    }

    private static double median(DoubleStream values) {
        var sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
