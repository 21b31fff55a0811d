package org.merpati.check.bench.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.mvstore.MVStoreTool;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** Whether H2's file stays small while mail comes and goes. */
public final class Churn {
    private static final String HELP = """
            usage: Churn [--minutes 5] [--rate 20] [--emails 100000] [--folder FOLDER]
            Fills a database on H2, durable and compacted as in the embedded home, and lets mail come and go there, the live data
            staying about the same: deliveries, flags, moves, expunges, each a transaction. Every 30 s a row: the file, its live
            data in H2's own reckoning and the ratio; how much of the file
            holds chunks, how much of these is alive; what H2 has written a second, compaction with it; operations a second,
            median and 99th percentile of one. Rows only; messages' octets are not stored.
              --minutes   how long; 60 for a week's churn
              --rate      operations a second; 20 for an hour are 72,000, a week of some 2,000 messages a day
              --emails    how many the database holds
              --folder    where the file is made, and removed at the end; a temporary folder unless named
            The file is compacted between filling and churn, as filling at full speed leaves three times its live data by itself.
            The end: a copy without anything superseded, pages filled up; then the greatest ratio after the first two minutes.
            Exit code 1 when it is above 3. The floor is what no compaction can go below: superseded chunks are kept for a while.
            Progress goes to standard error, the table to standard output.
            """;
    private static final List<String> OPTIONS = List.of("minutes", "rate", "emails", "folder");
    private static final double MOST = 3;
    private static final long ROW = 30_000_000_000L;
    private static final long SETTLED = 4 * ROW;
    private static final double MB = 1e6;
    private static final int WEIGHED = 20;

    private final Path folder;
    private final Target target;
    private final Mailers mailers;
    /** What operations of each kind wrote. */
    private final List<List<Long>> octets = new ArrayList<>();

    private long peak;
    private long live;
    private double greatest;

    private Churn(Path folder, Target target, Mailers mailers) {
        this.folder = folder;
        this.target = target;
        this.mailers = mailers;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        var options = Options.of(arguments, OPTIONS, HELP);
        int minutes = options.number("minutes", 5);
        int rate = options.number("rate", 20);
        int emails = options.number("emails", 100_000);
        var folder = StoreLoad.folder(options, "churn");
        boolean small;
        try {
            Churn churn;
            Mailers mailers;
            try (var target = Target.h2(folder)) {
                mailers = filled(target, emails);
            }
            MVStoreTool.compact(file(folder).toString(), false);
            try (var target = Target.h2(folder)) {
                churn = new Churn(folder, target, mailers.on(target));
                churn.run(minutes * 60_000_000_000L, rate);
            }
            small = churn.verdict(rate);
        } finally {
            StoreLoad.remove(folder);
        }
        System.exit(small ? 0 : 1);
    }

    private static Mailers filled(Target target, int emails) throws SQLException {
        long start = System.nanoTime();
        var mailers = new Mailers(target, emails);
        System.err.printf(Locale.ROOT, "filled in %.1f s%n", (System.nanoTime() - start) / 1e9);
        return mailers;
    }

    private void run(long nanos, int rate) throws IOException, SQLException {
        System.out.println(
                "| s | file MB | live MB | ratio | in use % | alive % | written KB/s | operations/s | median ms | 99 % ms |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        long start = System.nanoTime();
        for (long row = start; row < start + nanos; row += ROW) {
            long before = Figures.of(target.database()).written();
            peak = 0;
            var took = Clocked.paced(rate, row + ROW, this::operate);
            var figures = Figures.of(target.database());
            live = figures.live();
            double ratio = (double) peak / live;
            if (row >= start + SETTLED) {
                greatest = Math.max(greatest, ratio);
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %.1f | %.2f | %d | %d | %.0f | %.1f | %.2f | %.2f |%n",
                    Math.round((System.nanoTime() - start) / 1e9),
                    peak / MB,
                    live / MB,
                    ratio,
                    figures.used(),
                    figures.alive(),
                    (figures.written() - before) / 1e3 / (took.took().toNanos() / 1e9),
                    took.perSecond(),
                    took.milliseconds(0.5),
                    took.milliseconds(0.99));
            mailers.sweep();
        }
        weigh();
    }

    private void operate() {
        mailers.operate();
        peak = Math.max(peak, file().toFile().length());
    }

    /** What one operation writes: medians, as compaction writes in between. */
    private void weigh() throws SQLException {
        for (int kind = 0; kind < Mailers.KINDS; kind++) {
            octets.add(new ArrayList<>());
        }
        for (int i = 0; i < WEIGHED * Mailers.KINDS; i++) {
            long before = Figures.of(target.database()).written();
            mailers.operate();
            octets.get(i % Mailers.KINDS).add(Figures.of(target.database()).written() - before);
        }
    }

    private boolean verdict(int rate) {
        MVStoreTool.compact(file().toString(), false);
        double each = octets.stream()
                .mapToLong(kind -> kind.stream().sorted().toList().get(kind.size() / 2))
                .average()
                .orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%ncopy %.1f MB; one operation writes %.1f KB%n",
                file().toFile().length() / MB,
                each / 1e3);
        System.out.printf(
                Locale.ROOT,
                "greatest ratio after the first two minutes %.2f (floor %.2f): %s%n",
                greatest,
                1 + each * rate * EmbeddedRuntime.RETENTION.toSeconds() / live,
                greatest <= MOST ? "within 3" : "BEYOND 3");
        return greatest <= MOST;
    }

    private Path file() {
        return file(folder);
    }

    private static Path file(Path folder) {
        return folder.resolve("database").resolve("merpati.mv.db");
    }

    /**
     * H2's own.
     *
     * @param size of the file
     * @param used percent of the file that holds chunks
     * @param alive percent of the chunks that is not superseded
     * @param written octets so far
     */
    private record Figures(long size, long used, long alive, long written) {
        long live() {
            return size * used * alive / 10_000;
        }

        static Figures of(DataSource database) throws SQLException {
            var values = new HashMap<String, Long>();
            try (var connection = database.getConnection();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select setting_name, cast(setting_value as bigint) from"
                            + " information_schema.settings where setting_name in ('info.FILE_SIZE', 'info.FILL_RATE',"
                            + " 'info.CHUNKS_FILL_RATE', 'info.FILE_WRITE_BYTES')")) {
                while (rows.next()) {
                    values.put(rows.getString(1), rows.getLong(2));
                }
            }
            return new Figures(
                    get(values, "FILE_SIZE"),
                    get(values, "FILL_RATE"),
                    get(values, "CHUNKS_FILL_RATE"),
                    get(values, "FILE_WRITE_BYTES"));
        }

        private static long get(Map<String, Long> values, String name) {
            var value = values.get("info." + name);
            if (value == null) {
                throw new IllegalStateException("this H2 does not tell its " + name);
            }
            return value;
        }
    }
}
