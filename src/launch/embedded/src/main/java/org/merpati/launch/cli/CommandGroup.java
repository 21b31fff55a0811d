package org.merpati.launch.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What commands have in common that only group others, which ask the running server something and print its answer. */
abstract class CommandGroup {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    boolean help;

    @Spec
    CommandSpec spec;

    static ApiClient api(Options options) throws IOException {
        return ApiClient.to(options.folder());
    }

    void out(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
