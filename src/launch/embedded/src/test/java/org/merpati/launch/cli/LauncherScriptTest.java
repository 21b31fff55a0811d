package org.merpati.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script at the root decides before any Java runs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherScriptTest {
    private static final Path SCRIPT = Path.of("../../../merpati").toAbsolutePath();

    @TempDir
    Path installed;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev powercut --cuts 1", "dev --help", "dev other"})
    void devIsRefusedOutsideACheckout(String arguments) throws IOException, InterruptedException {
        var copy = Files.copy(SCRIPT, installed.resolve("merpati"));
        var command = new ArrayList<>(List.of("sh", copy.toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        var errors = installed.resolve("errors").toFile();
        var process = new ProcessBuilder(command)
                .redirectError(errors)
                .redirectInput(ProcessBuilder.Redirect.from(copy.toFile()))
                .start();
        var out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(out).isEmpty();
        assertThat(Files.readString(errors.toPath(), StandardCharsets.UTF_8))
                .startsWith("merpati: `merpati dev` needs a checkout of the sources");
    }
}
