package org.merpati.check.bench.mime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.merpati.lib.mime.Message;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** All messages of {@link Corpus} a time: read and digested by each contestant, and their structure alone by ours. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class MimeBench {
    private Corpus corpus = new Corpus(List.of(), 0, 0, Map.of());

    @Setup
    public void load() throws IOException {
        corpus = Corpus.load();
    }

    @Benchmark
    public long merpati() throws IOException {
        return read(Contestant.MERPATI);
    }

    @Benchmark
    public long mime4jDom() throws IOException {
        return read(Contestant.MIME4J_DOM);
    }

    @Benchmark
    public long mime4jStream() throws IOException {
        return read(Contestant.MIME4J_STREAM);
    }

    @Benchmark
    public long angus() throws IOException {
        return read(Contestant.ANGUS);
    }

    @Benchmark
    public void merpatiStructure(Blackhole hole) {
        for (var message : corpus.agreed()) {
            hole.consume(Message.parse(message).root());
        }
    }

    private long read(Contestant contestant) throws IOException {
        long digest = 0;
        for (var message : corpus.agreed()) {
            digest += contestant.read(message);
        }
        return digest;
    }

    public static void main(String[] arguments) throws IOException, RunnerException {
        var corpus = Corpus.load();
        System.out.printf(
                Locale.ROOT,
                "%d of %d messages, %.1f MB, are read to one digest by all; otherwise than by Merpati, or not at all: %s%n",
                corpus.agreed().size(),
                corpus.all(),
                corpus.octets() / 1e6,
                corpus.differing());
        var options = new OptionsBuilder()
                .include(MimeBench.class.getName() + "\\.")
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Dcorpus=" + System.getProperty("corpus"));
        var lines = new ArrayList<String>();
        for (var result : new Runner(options.build()).run()) {
            lines.add(line(result, corpus));
        }
        lines.forEach(System.out::println);
    }

    private static String line(RunResult result, Corpus corpus) {
        double rate = result.getPrimaryResult().getScore();
        double garbage = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore();
        return String.format(
                Locale.ROOT,
                "%-18s %8.1f MB/s %9.0f messages/s %9.0f octets of garbage a message",
                result.getPrimaryResult().getLabel(),
                rate * corpus.octets() / 1e6,
                rate * corpus.agreed().size(),
                garbage / corpus.agreed().size());
    }
}
