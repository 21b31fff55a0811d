package org.merpati.launch.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own that keeps none of the caller's streams: it reads nothing and writes to
 * {@code log/server.log} in the data folder.
 */
final class DetachedServer {
    private static final long LARGEST_LOG = 20L << 20;
    private static final long LONGEST_START_SECONDS = 120;
    private static final int TOLD_OF_LOG = 4_000;

    private final Path data;
    private final Map<String, String> settings;

    DetachedServer(Path data, Map<String, String> settings) {
        this.data = data;
        this.settings = settings;
    }

    /** Returns when every port listens; {@link Refused} with the end of its log when it ended before. */
    RunningServer start(PrintWriter progress) throws IOException {
        var log = log();
        long from = Files.size(log);
        progress.println("starting the server on " + data + ", log in " + log);
        progress.flush();
        var process = new ProcessBuilder(command())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
        var run = RunFolder.in(data);
        for (long left = LONGEST_START_SECONDS * 50; left > 0; left--) {
            var running = run.running();
            if (running.isPresent()) {
                return running.get();
            }
            if (ended(process)) {
                throw new Refused("the server did not start:\n" + tail(log, from));
            }
        }
        process.destroy();
        throw new Refused("the server did not listen within " + LONGEST_START_SECONDS + " s:\n" + tail(log, from));
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted while the server starts");
        }
    }

    /** The server's log, made where it is missing; a large one becomes {@code server.log.1}. */
    private Path log() throws IOException {
        var log = data.resolve("log").resolve("server.log");
        Files.createDirectories(data.resolve("log"));
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        return log;
    }

    /** The launcher script where there is one, as it knows the JVM's flags; else this JVM's own class path. */
    private List<String> command() {
        var command = new ArrayList<String>();
        var setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            command.add(setsid.toString()); // out of the caller's session: no signal of its terminal reaches the server
        }
        var home = System.getProperty("merpati.home");
        if (home != null) {
            command.add(Path.of(home, "merpati").toString());
        } else {
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
        }
        command.addAll(List.of("start", "--foreground", "--detached", "--data", data.toString()));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        return command;
    }

    private static String tail(Path log, long from) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(from, file.length() - TOLD_OF_LOG));
            var bytes = new byte[TOLD_OF_LOG];
            int read = Math.max(0, file.read(bytes));
            return new String(bytes, 0, read, StandardCharsets.UTF_8).strip();
        }
    }
}
