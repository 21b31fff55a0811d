package org.merpati.check.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.Uid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** One operation on a mailbox of 10,000 messages, by one thread, on each database. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 10, time = 3)
@Fork(1)
public class StoreBench {
    private static final int MESSAGES = 10_000;
    private static final String H2 = "H2";
    private static final String POSTGRES = "PostgreSQL";

    @Param({H2})
    public String database = H2;

    private @Nullable Path folder;
    private @Nullable Target target;
    private @Nullable OneMailbox mailbox;
    private List<Uid> uids = List.of();
    private int round;

    @Setup
    public void fill() throws IOException, SQLException {
        if (database.equals(H2)) {
            folder = Files.createTempDirectory("store-bench");
            target = Target.h2(folder);
        } else {
            target = Target.postgres(empty(System.getProperty("postgres", "")), "postgres", "");
        }
        mailbox = new OneMailbox(target, "bench");
        mailbox.fill(MESSAGES);
        uids = mailbox.first(MESSAGES);
    }

    /** A database that no fork before has used; its address. */
    private static String empty(String url) throws SQLException {
        var name = "bench" + ProcessHandle.current().pid();
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            statement.executeUpdate("create database " + name);
        }
        return url.substring(0, url.lastIndexOf('/') + 1) + name;
    }

    @TearDown
    public void remove() throws IOException {
        if (target != null) {
            target.close();
        }
        if (folder != null) {
            StoreLoad.remove(folder);
        }
    }

    private OneMailbox mailbox() {
        if (mailbox == null) {
            throw new IllegalStateException("not set up");
        }
        return mailbox;
    }

    @Benchmark
    public void delivery() {
        mailbox().deliver();
    }

    @Benchmark
    public void flagOfOneMessage() {
        mailbox().flag(List.of(uids.get(round / 2 % MESSAGES)), round);
        round++;
    }

    /** All 10,000 messages of it. */
    @Benchmark
    public Object indexLoad() {
        mailbox().forgetIndex();
        return mailbox().index();
    }

    @Benchmark
    public Object indexQuery() {
        return mailbox().query();
    }

    public static void main(String[] arguments) throws RunnerException {
        if (arguments.length > 0) {
            System.err.println("StoreBench takes no arguments");
            System.exit(2);
        }
        var options =
                new OptionsBuilder().include(StoreBench.class.getName() + "\\.").addProfiler(GCProfiler.class);
        var databases = new ArrayList<>(List.of(H2));
        if (System.getProperty("postgres") != null) {
            databases.add(POSTGRES);
            options.jvmArgsAppend("-Dpostgres=" + System.getProperty("postgres"));
        }
        options.param("database", databases.toArray(String[]::new));
        var results = new Runner(options.build()).run();
        System.out.println("| what | database | µs | ± | octets of garbage |");
        System.out.println("| --- | --- | --- | --- | --- |");
        for (var result : results) {
            var score = result.getPrimaryResult();
            var garbage = result.getSecondaryResults().get("gc.alloc.rate.norm");
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %,.0f | %,.0f |%n",
                    score.getLabel(),
                    result.getParams().getParam("database"),
                    score.getScore(),
                    score.getScoreError(),
                    garbage == null ? Double.NaN : garbage.getScore());
        }
    }
}
