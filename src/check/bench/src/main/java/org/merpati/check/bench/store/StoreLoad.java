package org.merpati.check.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Deliveries, flag changes and moves in the store itself, and what becomes of them as a mailbox grows. */
public final class StoreLoad {
    private static final String HELP = """
            usage: StoreLoad [--threads 1,8,32] [--seconds 5] [--sizes 1000,10000,100000,1000000]
                             [--folder FOLDER] [--h2 no] [--postgres JDBC-URL [--user NAME] [--password PASSWORD]]
            Calls the store's services through the door: deliveries and flag changes a second by so many threads at once
            (in brackets the median and the 99th percentile of one; CPU of this process each), then the median time of each operation in one mailbox
            of each size. Rows only; messages' octets are not stored. Ten minutes on two cores, most of them for the last size.
              --threads   how many at once, in turn
              --seconds   how long each rate is measured
              --sizes     of the one mailbox, ascending; it is filled by statements straight into the tables
              --folder    where H2's files are made, and removed at the end; a temporary folder unless named
              --h2 no     leaves H2 out
              --postgres  an empty database; without it PostgreSQL is left out
            Progress goes to standard error, the table to standard output.
            """;
    private static final List<String> OPTIONS =
            List.of("threads", "seconds", "sizes", "folder", "h2", "postgres", "user", "password");

    private StoreLoad() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        var options = Options.of(arguments, OPTIONS, HELP);
        var table = new Table();
        if (!options.text("h2", "").equals("no")) {
            var folder = folder(options, "store-load");
            try (var target = Target.h2(folder)) {
                measure(target, options, table);
            } finally {
                remove(folder);
            }
        }
        if (options.has("postgres")) {
            try (var target = Target.postgres(
                    options.text("postgres", ""), options.text("user", "postgres"), options.text("password", ""))) {
                measure(target, options, table);
            }
        }
        table.print(System.out);
        System.exit(0);
    }

    private static void measure(Target target, Options options, Table table) throws SQLException {
        var time = Duration.ofSeconds(options.number("seconds", 5));
        var measures = new Measures(target, table, time);
        measures.rates(numbers(options.text("threads", "1,8,32")));
        measures.move();
        new Growth(target, table).run(numbers(options.text("sizes", "1000,10000,100000,1000000")));
    }

    private static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
    }

    /** A new one, in the one that was named or where the system has such. */
    static Path folder(Options options, String name) throws IOException {
        return options.has("folder")
                ? Files.createTempDirectory(Path.of(options.text("folder", "")), name)
                : Files.createTempDirectory(name);
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
