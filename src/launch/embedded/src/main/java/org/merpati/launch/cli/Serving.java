package org.merpati.launch.cli;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.launch.MerpatiServer;

/** This process as a server: from the start to the signal that ends it. Has the JVM's only shutdown hook. */
final class Serving {
    /** No exit code: the process goes on until it is told to stop. */
    static final int STAYS = -1;

    private static final Logger LOG = System.getLogger(Serving.class.getName());

    private final Config config;
    private final RunFolder run;

    Serving(Config config, RunFolder run) {
        this.config = config;
        this.run = run;
    }

    /**
     * Starts, and arranges for the end.
     *
     * @param leavePassword whether a generated password is left for the command that waits for this server
     */
    MerpatiServer start(boolean leavePassword) throws IOException {
        if (LogManager.getLogManager() instanceof ServerLogManager manager) {
            manager.keep();
        }
        var data = config.get(Settings.DATA).toAbsolutePath().normalize();
        LOG.log(Level.INFO, "Merpati " + Version.text() + " starts on " + data + ", Java " + Runtime.version());
        var server = MerpatiServer.start(config);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(server)));
        if (leavePassword && server.adminPassword().isPresent()) {
            run.leavePassword(server.adminPassword().get()); // before the announcement, which that command waits for
        }
        run.announce(RunningServer.here(server, data), server.operatorToken());
        LOG.log(Level.INFO, "up in " + sinceJvmStart() + " ms");
        System.gc(); // once: the start's garbage is two thirds of the heap, and the launcher's flags give it back
        return server;
    }

    private static long sinceJvmStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(started -> InstantSource.system().millis() - started.toEpochMilli())
                .orElse(0L);
    }

    private void stop(MerpatiServer server) {
        LOG.log(Level.INFO, "stopping");
        server.close();
        try {
            run.withdraw();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "can't remove " + run.folder() + ": " + e.getMessage());
        }
        LOG.log(Level.INFO, "stopped");
    }

    /** Keeps the main thread until the process ends. */
    static int stay() {
        var never = new CountDownLatch(1);
        var memory = IdleMemory.ofThisProcess();
        try {
            while (!never.await(IdleMemory.EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                memory.look();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the main thread was interrupted"); // nobody of ours does that
        }
        return STAYS;
    }
}
