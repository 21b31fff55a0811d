package org.merpati.check.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of samples. */
final class Samples {
    private static final Path MIME =
            Path.of(System.getProperty("merpati.shared", "../shared")).resolve("mime");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    /** A file or folder of the samples; the test is skipped when they are not there. */
    static Path path(String name) {
        assumeTrue(Files.isDirectory(MIME), () -> "no samples in " + MIME);
        return MIME.resolve(name);
    }

    static JsonNode json(String name) {
        return json(path(name));
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    /** All files below the folder, sorted. */
    static List<Path> files(String folder) {
        try (var files = Files.walk(path(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(folder, e);
        }
    }
}
