package org.merpati.launch.clients;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A client's program, run in a home of its own. */
record Program(String name, Path home) {
    private static final long PATIENCE_SECONDS = 60;

    /**
     * How it ended.
     *
     * @param octets what it has written to both streams, one character an octet
     */
    record Ended(String command, int code, String octets) {
        byte[] output() {
            return octets.getBytes(StandardCharsets.ISO_8859_1);
        }

        String text() {
            return new String(output(), StandardCharsets.UTF_8);
        }

        Ended orFail() {
            if (code != 0) {
                throw new AssertionError(command + " ended with " + code + ":\n" + text());
            }
            return this;
        }
    }

    /**
     * @param debian the package that has it
     * @throws org.opentest4j.TestAbortedException where it is not installed
     */
    static Program installed(String name, String debian, Path home) {
        boolean there = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        Assumptions.assumeTrue(there, name + " is not installed (Debian's package " + debian + ")");
        return new Program(name, home);
    }

    /** Starts it with an input that does not end while it runs; its output goes to a file. */
    Process start(Path output, List<String> arguments) throws IOException {
        var command = new java.util.ArrayList<String>();
        command.add(name);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TERM", "xterm");
        return builder.start();
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        var output = Files.createTempFile(home, "output", ".log");
        var process = start(output, List.of(arguments));
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        var written = Files.readAllBytes(output);
        if (!ended) {
            throw new AssertionError(name + " did not end; it wrote\n" + new String(written, StandardCharsets.UTF_8));
        }
        return new Ended(
                name + " " + String.join(" ", arguments),
                process.exitValue(),
                new String(written, StandardCharsets.ISO_8859_1));
    }

    /** A file of its home that nobody else may read. */
    Path file(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
