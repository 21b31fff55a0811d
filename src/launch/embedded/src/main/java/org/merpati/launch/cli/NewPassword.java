package org.merpati.launch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a command takes a new password from: an option, standard input, or somebody at a terminal, unseen and twice. */
final class NewPassword {
    @Option(
            names = "--password",
            paramLabel = "P",
            description = "The password. Other users of this machine may see it in the list of processes.",
            defaultValue = "")
    String given = "";

    @Option(names = "--password-stdin", description = "Reads the password from the first line of standard input.")
    boolean fromInput;

    /** Never empty. */
    String read(CommandLine commandLine) throws IOException {
        if (fromInput && !given.isEmpty()) {
            throw new ParameterException(commandLine, "either --password or --password-stdin");
        }
        var password = given.isEmpty() ? elsewhere(commandLine) : given;
        if (password.isEmpty()) {
            throw new Refused("the password is empty");
        }
        return password;
    }

    @SuppressWarnings("SystemConsoleNull") // it does: Main sets jdk.console=java.base
    private String elsewhere(CommandLine commandLine) throws IOException {
        if (fromInput) {
            var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        }
        var console = System.console();
        if (console == null) {
            throw new ParameterException(
                    commandLine, "a password is needed: --password-stdin, or --password, or a terminal to ask at");
        }
        var first = console.readPassword("Password: ");
        var second = console.readPassword("Again: ");
        if (first == null || second == null || !new String(first).equals(new String(second))) {
            throw new Refused("the two are not the same");
        }
        return new String(first);
    }
}
