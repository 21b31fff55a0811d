package org.merpati.launch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code merpati mime}: messages in files, without a server. */
@Command(
        name = "mime",
        description = "Messages in files: no server is needed, and none is asked.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MimeShowCommand.class, MimeBuildCommand.class},
        footer = {"", "Example: echo '{\"to\":\"ann@example.org\",\"text\":\"Hello\"}' | merpati mime build -"})
final class MimeCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    boolean help;

    MimeCommand() {}
}
