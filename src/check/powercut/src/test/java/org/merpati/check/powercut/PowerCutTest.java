package org.merpati.check.powercut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PowerCutTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void aFewCutsLoseNothing() throws Exception {
        assertThat(PowerCut.run(new PowerCut.Options(6, 7, Duration.ofSeconds(1), false, folder, false)))
                .isZero();
    }

    @Test
    void theDeviceForgetsWhatNoForceCovers() throws Exception {
        var disk = new CutDisk(folder.resolve("live"), folder.resolve("certain"), 1);
        Files.createDirectories(folder.resolve("live"));
        var path = folder.resolve("live").resolve("file");
        try (var file = disk.open(path)) {
            file.write(0, new byte[] {1}, 0, 1);
            file.force();
            disk.cut(folder.resolve("unnamed"), 0, false, new Random(1));
            assertThat(folder.resolve("unnamed").resolve("file")).doesNotExist();

            disk.syncFolder(folder.resolve("live"));
            file.write(0, new byte[] {2, 2}, 0, 2);
            file.write(9_000, new byte[] {3}, 0, 1);
            disk.cut(folder.resolve("none"), 0, false, new Random(2));
            assertThat(Files.readAllBytes(folder.resolve("none").resolve("file")))
                    .hasSize(1);
            disk.cut(folder.resolve("all"), 1, false, new Random(3));
            assertThat(Files.readAllBytes(folder.resolve("all").resolve("file")))
                    .hasSize(9_001)
                    .startsWith(2, 2)
                    .endsWith(3);
            file.force();
            disk.cut(folder.resolve("forced"), 0, false, new Random(4));
            assertThat(Files.readAllBytes(folder.resolve("forced").resolve("file")))
                    .isEqualTo(Files.readAllBytes(path));
        }
    }

    @Test
    void whatItDoesNotUnderstandItRefuses() {
        assertThatThrownBy(() -> PowerCut.Options.parse(List.of("--cuts")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PowerCut.Options.parse(List.of("--cuts", "3", "--often")))
                .hasMessageContaining("--often");
        assertThatThrownBy(() -> PowerCut.Options.parse(List.of())).hasMessageContaining("--cuts");
    }
}
