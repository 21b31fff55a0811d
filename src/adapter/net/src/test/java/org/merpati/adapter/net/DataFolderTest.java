package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void theFolderIsMadeForItsOwnerOnly() throws IOException {
        try (var folder = DataFolder.open(parent.resolve("a/b"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
            assertThat(folder.path().resolve("lock"))
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aSecondServerInThisProcessIsRefused() throws IOException {
        var path = parent.resolve("data");
        try (var folder = DataFolder.open(path)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> DataFolder.open(path.resolve("../data")))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(folder.path().toString());
            }
        }
        DataFolder.open(path).close();
    }

    @Test
    @Timeout(60)
    void aSecondProcessIsToldWhoHoldsTheFolder() throws Exception {
        var path = parent.resolve("data");
        try (var folder = DataFolder.open(path)) {
            var other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            path.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(other.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said)
                    .contains("another server holds the data folder " + folder.path() + " (process "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    /** What the test before starts. */
    static final class OtherProcess {
        private OtherProcess() {}

        @SuppressWarnings("SystemOut") // its parent reads it
        public static void main(String[] arguments) {
            try {
                DataFolder.open(Path.of(arguments[0])).close();
                System.out.println("opened");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
