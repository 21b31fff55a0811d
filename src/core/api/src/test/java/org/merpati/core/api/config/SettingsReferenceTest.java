package org.merpati.core.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/settings.md to the catalogue; where it is behind, the page it should be is left in target. */
class SettingsReferenceTest {
    @Test
    void theReferencePageSaysWhatTheCatalogueSays() throws IOException {
        var page = new StringBuilder("""
                # Settings

                Sources, later ones winning: the default; `merpati.properties` in the data folder; the environment
                (`MERPATI_SMTP_PORT` for `smtp.port`; with `_FILE` behind it, a file that holds the value); system properties
                (`-Dmerpati.smtp.port=…`); the container's configuration; `--set smtp.port=…`. `merpati config` prints every effective
                value and its source. Made from the catalogue in `core/api`, `Settings`.

                | setting | default | what it is |
                | --- | --- | --- |
                """);
        for (var setting : Settings.all()) {
            page.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`")
                    .append(" | ")
                    .append(setting.help())
                    .append(setting.secret() ? " (secret)" : "")
                    .append(" |\n");
        }
        Files.writeString(Path.of("target", "settings.md"), page);
        assertThat(Files.readString(Path.of("../../../docs/settings.md")))
                .as("docs/settings.md; copy core/api/target/settings.md over it")
                .isEqualTo(page.toString());
    }
}
