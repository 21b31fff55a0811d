package org.merpati.launch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merpati mime show}. */
@Command(
        name = "show",
        description =
                "Shows messages as the library reads them. Any octets are a message; what is wrong with them is listed"
                        + " as its defects.",
        footer = {
            "",
            "Exit codes: 0 all files were read; 1 some could not be.",
            "",
            "Example: merpati mime show --json mail.eml | jq .subject"
        })
final class MimeShowCommand implements Callable<Integer> {
    /** Of a larger file, or more standard input, only what is being looked at is in memory. */
    private static final int IN_MEMORY = 8 << 20;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    boolean help;

    @Option(names = "--json", description = "One JSON object a file, each on a line of its own.")
    boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "A message, as RFC 5322 has it; - is standard input.")
    List<String> files = List.of();

    @Spec
    CommandSpec spec;

    MimeShowCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        int unread = 0;
        for (var file : files) {
            try {
                show(file, out);
            } catch (IOException e) {
                unread++;
                spec.commandLine().getErr().println("merpati: " + file + ": " + reason(e));
            }
        }
        out.flush();
        return unread == 0 ? 0 : 1;
    }

    private void show(String file, PrintWriter out) throws IOException {
        if (!file.equals("-")) {
            show(file, path(file), out);
            return;
        }
        var start = System.in.readNBytes(IN_MEMORY);
        if (start.length < IN_MEMORY) {
            write(file, Message.parse(start), out);
            return;
        }
        var copy = Files.createTempFile("merpati-mime-", ".eml");
        try {
            try (var to = Files.newOutputStream(copy)) {
                to.write(start);
                System.in.transferTo(to);
            }
            show(file, copy, out);
        } finally {
            Files.delete(copy);
        }
    }

    private void show(String name, Path path, PrintWriter out) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("is a folder, not a message");
        }
        var message = Files.size(path) < IN_MEMORY
                ? Message.parse(Files.readAllBytes(path))
                : Message.parse(Octets.of(path), Limits.DEFAULT);
        write(name, message, out);
    }

    private void write(String name, Message message, PrintWriter out) throws IOException {
        if (json) {
            MimeJson.write(message, out);
        } else {
            new MimeTree(out).write(name, message);
        }
        if (out.checkError()) {
            throw new IOException("nobody reads what is written");
        }
    }

    private static Path path(String file) throws IOException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IOException("is no name of a file: " + e.getReason(), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
    }
}
