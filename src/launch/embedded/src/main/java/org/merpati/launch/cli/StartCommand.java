package org.merpati.launch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.merpati.core.api.session.ListenerInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merpati start}. */
@Command(
        name = "start",
        description = "Starts the server, waits until every port listens, and prints the addresses; the first time also"
                + " the administrator's password. A server that runs already is left alone.",
        footer = {"", "Example: merpati start --data /var/lib/merpati --set smtp.port=25"})
final class StartCommand implements Callable<Integer> {
    @Mixin
    Options options = new Options();

    @Option(names = "--foreground", description = "Stays until a signal ends it; logs to standard error.")
    boolean foreground;

    @Option(names = "--detached", hidden = true, description = "The process that start makes for the server.")
    boolean detached;

    @Spec
    CommandSpec spec;

    StartCommand() {}

    @Override
    public Integer call() throws IOException {
        var config = options.config();
        var data = options.folder();
        var run = RunFolder.in(data);
        var running = run.running();
        if (running.isPresent()) {
            spec.commandLine()
                    .getOut()
                    .println("runs already: process " + running.get().pid() + " on " + data);
            print(running.get());
            return 0;
        }
        if (!foreground) {
            var started = new DetachedServer(data, options.given())
                    .start(spec.commandLine().getErr());
            print(started);
            run.takePassword().ifPresent(this::printPassword);
            return 0;
        }
        Logging.toStandardError(Level.INFO);
        var server = new Serving(config, run).start(detached);
        if (!detached) {
            run.running().ifPresent(this::print);
            server.adminPassword().ifPresent(this::printPassword);
        }
        return Serving.stay();
    }

    private void print(RunningServer server) {
        var out = spec.commandLine().getOut();
        for (ListenerInfo one : server.listeners()) {
            out.printf("%-6s %s port %d%s%n", one.name(), one.address(), one.port(), tls(one));
        }
        out.flush();
    }

    private static String tls(ListenerInfo one) {
        return one.tls().equals("none") ? "" : " (TLS)";
    }

    private void printPassword(String password) {
        spec.commandLine().getOut().println("administrator: admin, password: " + password);
        spec.commandLine().getOut().flush();
    }
}
