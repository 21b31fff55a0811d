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
                value and its source. Made from the catalogue in `core/api`, `Settings`. In
                the last ones NAME is any name of lower-case letters, digits and hyphens.

                | setting | default | what it is |
                | --- | --- | --- |
                """);
        for (var setting : Settings.all()) {
            page.append(row(setting.name(), setting.defaultText(), setting.help(), setting.secret()));
        }
        for (var family : Settings.families()) {
            page.append(row(family.pattern(), family.defaultText(), family.help(), family.secret()));
        }
        Files.writeString(Path.of("target", "settings.md"), page);
        assertThat(Files.readString(Path.of("../../../docs/settings.md")))
                .as("docs/settings.md; copy core/api/target/settings.md over it")
                .isEqualTo(page.toString());
    }

    private static String row(String name, String defaultText, String help, boolean secret) {
        return "| `" + name + "` | " + (defaultText.isEmpty() ? "" : "`" + defaultText + "`") + " | " + help
                + (secret ? " (secret)" : "") + " |\n";
    }
}
