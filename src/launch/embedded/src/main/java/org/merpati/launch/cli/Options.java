package org.merpati.launch.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import picocli.CommandLine.Option;

/** What every command takes. */
final class Options {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data folder; ./data unless set here or by MERPATI_DATA.")
    String data = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting, over all other sources; may be repeated.",
            mapFallbackValue = "")
    Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    boolean help;

    /** The settings as this command sees them, the data folder's path being absolute. */
    Config config() {
        var given = new LinkedHashMap<>(set);
        if (!data.isEmpty()) {
            given.put(Settings.DATA.name(), data);
        }
        return Config.load(given, "--set");
    }

    Path folder() {
        return config().get(Settings.DATA).toAbsolutePath().normalize();
    }

    /** Handed on to another process of ours. */
    Map<String, String> given() {
        return set;
    }
}
