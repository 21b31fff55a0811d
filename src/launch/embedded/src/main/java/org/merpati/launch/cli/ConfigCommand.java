package org.merpati.launch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merpati config}. */
@Command(
        name = "config",
        description =
                "Prints every setting, its effective value and where that comes from, as a server started now with"
                        + " the same options would have it. Secrets are masked.",
        footer = {
            "",
            "Sources, later ones winning: default, DIR/merpati.properties, environment (MERPATI_SMTP_PORT; MERPATI_…_FILE"
                    + " names a file that holds the value), system properties, --set.",
            "",
            "Example: merpati config --help-texts --set smtp.port=25"
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    Options options = new Options();

    @Option(names = "--help-texts", description = "With a sentence on each.")
    boolean helpTexts;

    @Spec
    CommandSpec spec;

    ConfigCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        for (var entry : options.config().entries()) {
            if (helpTexts) {
                out.println("# " + entry.setting().help());
            }
            out.println(entry.setting().name() + " = " + entry.shown() + "  (" + entry.source() + ")");
        }
        return 0;
    }
}
