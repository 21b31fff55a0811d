package org.merpati.launch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code merpati stop}. */
@Command(
        name = "stop",
        description =
                "Stops the server and returns when its process is gone; sessions end their work first. Exits 0 also"
                        + " when none ran.",
        footer = {"", "Example: merpati stop --data /var/lib/merpati"})
final class StopCommand implements Callable<Integer> {
    /** Longer than all the grace that a stop gives: mail sessions, HTTP requests, the database. */
    private static final long PATIENCE_SECONDS = 120;

    @Mixin
    Options options = new Options();

    @Spec
    CommandSpec spec;

    StopCommand() {}

    @Override
    public Integer call() throws IOException {
        var running = RunFolder.in(options.folder()).running();
        var process = running.flatMap(RunningServer::process);
        if (process.isEmpty()) {
            spec.commandLine().getErr().println("no server runs on " + options.folder());
            return 0;
        }
        process.get().destroy();
        if (!gone(process.get(), PATIENCE_SECONDS)) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "it does not stop; killing process " + process.get().pid());
            process.get().destroyForcibly();
            if (!gone(process.get(), PATIENCE_SECONDS)) {
                throw new Refused("process " + process.get().pid() + " can't be killed");
            }
        }
        return 0;
    }

    private static boolean gone(ProcessHandle process, long seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted while the server stops");
        }
    }
}
