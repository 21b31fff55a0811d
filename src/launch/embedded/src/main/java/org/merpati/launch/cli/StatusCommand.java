package org.merpati.launch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merpati status}. */
@Command(
        name = "status",
        description = "Says whether the server is up and where it listens. Exits 0 only when it is up.",
        footer = {"", "Example: merpati status --json"})
final class StatusCommand implements Callable<Integer> {
    @Mixin
    Options options = new Options();

    @Option(names = "--json", description = "For programs: one JSON object.")
    boolean json;

    @Spec
    CommandSpec spec;

    StatusCommand() {}

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var folder = options.folder();
        var running = RunFolder.in(folder).running().filter(StatusCommand::ready);
        if (running.isEmpty()) {
            out.println(json ? RunningServer.jsonOfNone(folder) : "down: no server runs on " + folder);
            return 1;
        }
        var server = running.get();
        if (json) {
            out.println(server.json());
            return 0;
        }
        out.println("up: Merpati " + server.version() + ", process " + server.pid() + ", data in " + server.data());
        server.listeners()
                .forEach(one ->
                        out.printf("%-12s %s port %d, TLS: %s%n", one.name(), one.address(), one.port(), one.tls()));
        server.absent().forEach(name -> out.printf("%-12s absent%n", name));
        return 0;
    }

    private static boolean ready(RunningServer server) {
        try {
            return ApiClient.isReady(server);
        } catch (IOException e) {
            return false;
        }
    }
}
