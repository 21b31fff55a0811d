package org.merpati.launch.cli;

import java.util.concurrent.Callable;
import org.merpati.core.api.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code merpati}: the command line's first word. */
@Command(
        name = "merpati",
        description = "Merpati, a mail server for the Jakarta EE world.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            DomainCommand.class,
            AccountCommand.class,
            CheckCommand.class,
            AliasCommand.class,
            ListCommand.class,
            ConfigCommand.class,
            MimeCommand.class,
            TrainCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done (status: the server is up); 1 failed (status: it is not up); 2 the command was not"
                    + " understood, or a setting is wrong.",
            "",
            "Example: merpati start && merpati domain add example.org"
                    + " && merpati account add anna@example.org --password-stdin",
            "",
            "In a checkout of the sources, merpati dev --help lists the programs that check the server itself."
        })
public final class Main implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    Main() {}

    public static void main(String[] arguments) {
        // before the first logger: lines of the stop come after the JVM's own hook would have silenced them
        System.setProperty("java.util.logging.manager", ServerLogManager.class.getName());
        System.setProperty("jdk.console", "java.base"); // a console only where there is a terminal
        int code = commandLine().execute(arguments);
        if (code != Serving.STAYS) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::failed)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
        var error = commandLine.getErr();
        var message = e.getMessage() == null ? e.toString() : e.getMessage();
        error.println("merpati: " + message);
        if (!(e instanceof ConfigException || e instanceof Refused || e instanceof java.io.IOException)) {
            e.printStackTrace(error);
        }
        return e instanceof ConfigException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }
}
