package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Commands {
    private static final int MINUTES = 4;

    private Commands() {}

    /** What it printed; throws with that when it fails or takes too long. */
    static String run(Path folder, Map<String, String> environment, List<String> command) {
        try {
            var output = Files.createTempFile("merpati-check", ".out");
            try {
                var builder = new ProcessBuilder(new ArrayList<>(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.redirectInput(Path.of("/dev/null").toFile());
                builder.environment().putAll(environment);
                var process = builder.start();
                boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                var text = Files.readString(output);
                if (!ended || process.exitValue() != 0) {
                    throw new IllegalStateException(
                            String.join(" ", command) + (ended ? " failed:\n" : " took too long:\n") + text);
                }
                return text;
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(command.getFirst() + " can't be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
