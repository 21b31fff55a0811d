package org.merpati.check.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** WildFly with a base folder of its own. */
final class WildFlyHome implements Container {
    private static final int HTTPS = 8443;
    private static final int MANAGEMENT = 9990;
    private static final int[] PORTS = {8080, HTTPS, MANAGEMENT, 3528, 3529, 4712, 4713};

    private final Path wildfly = Path.of(System.getProperty("check.wildfly"));
    private final Path base;
    private final Optional<PostgresServer> database;
    private final Certificates certificates;
    private final int offset = Ports.block(PORTS);
    private int smtpPort = Ports.free();
    private final int submissionPort = Ports.free();
    private final int submissionsPort = Ports.free();
    private final int lmtpPort = Ports.free();
    private final int imapPort = Ports.free();
    private final int imapsPort = Ports.free();
    private @Nullable Process server;

    WildFlyHome(String name, Optional<PostgresServer> database) throws IOException {
        this.base = Path.of(System.getProperty("check.homes"), name);
        this.database = database;
        this.certificates = new Certificates(name);
        Folders.copy(wildfly.resolve("standalone"), base);
    }

    @Override
    public void setUp() {
        var command = new ArrayList<>(List.of(
                System.getProperty("check.descriptors") + "/wildfly/setup.sh",
                wildfly.toString(),
                server == null ? "--base-dir" : "--controller",
                server == null ? base.toString() : "127.0.0.1:" + (MANAGEMENT + offset),
                "--smtp-port",
                Integer.toString(smtpPort),
                "--submission-port",
                Integer.toString(submissionPort),
                "--submissions-port",
                Integer.toString(submissionsPort),
                "--lmtp-port",
                Integer.toString(lmtpPort),
                "--imap-port",
                Integer.toString(imapPort),
                "--imaps-port",
                Integer.toString(imapsPort)));
        database.ifPresent(postgres -> command.addAll(postgres.setUpOptions()));
        Commands.run(base, environment(), command);
    }

    @Override
    public void start() {
        long before = starts();
        var log = base.resolve("console.log").toFile();
        var builder = new ProcessBuilder(
                        wildfly.resolve("bin/standalone.sh").toString(),
                        "-c",
                        "standalone-full.xml",
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.socket.binding.port-offset=" + offset)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment());
        builder.environment().put("MERPATI_ADMIN_PASSWORD", ADMIN_PASSWORD);
        builder.environment().putAll(Certificates.environment(certificates.settings()));
        builder.environment().putAll(Certificates.environment(PROXY));
        try {
            server = builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        ServersAtWork.add(server.toHandle());
        Waiting.until("WildFly runs", log(), () -> starts() > before);
    }

    /** How often the log says that the server has started, with errors or without. */
    private long starts() {
        try (var lines = Files.lines(log())) {
            return lines.filter(line -> line.contains("WFLYSRV0025") || line.contains("WFLYSRV0026"))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // no log yet
        }
    }

    private String cli(String... commands) {
        return Commands.run(
                base,
                environment(),
                List.of(
                        wildfly.resolve("bin/jboss-cli.sh").toString(),
                        "--connect",
                        "--controller=127.0.0.1:" + (MANAGEMENT + offset),
                        "--commands=" + String.join(",", commands)));
    }

    /** The server may close the connection before its answer is read; callers wait for what it does. */
    private void cliUnanswered(String command) {
        try {
            cli(command);
        } catch (IllegalStateException e) {
            if (!String.valueOf(e.getMessage()).contains("CancellationException")) {
                throw e;
            }
        }
    }

    @Override
    public void deploy(Path ear) {
        cli("deploy --force --name=merpati.ear --runtime-name=merpati.ear " + ear);
    }

    @Override
    public void undeploy() {
        cli("undeploy merpati.ear");
    }

    @Override
    public void deployOther(Path war) {
        cli("deploy --force " + war);
    }

    @Override
    public void changeSmtpPort(int port) {
        long before = starts();
        var property = "/subsystem=resource-adapters/resource-adapter=merpati-smtp/config-properties=port";
        cli(property + ":remove", property + ":add(value=" + port + ")");
        cliUnanswered(":reload");
        smtpPort = port;
        Waiting.until("WildFly runs again", log(), () -> starts() > before);
    }

    @Override
    public void stop() {
        cliUnanswered(":shutdown");
        try {
            if (server != null && !server.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("WildFly does not stop; " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server = null;
    }

    @Override
    public int smtpPort() {
        return smtpPort;
    }

    @Override
    public int submissionPort() {
        return submissionPort;
    }

    @Override
    public int submissionsPort() {
        return submissionsPort;
    }

    @Override
    public int lmtpPort() {
        return lmtpPort;
    }

    @Override
    public int imapPort() {
        return imapPort;
    }

    @Override
    public int imapsPort() {
        return imapsPort;
    }

    @Override
    public Certificates certificates() {
        return certificates;
    }

    @Override
    public URI https() {
        return URI.create("https://127.0.0.1:" + (HTTPS + offset));
    }

    @Override
    public Path log() {
        return base.resolve("log/server.log");
    }

    @Override
    public void close() {
        if (server != null) {
            ServersAtWork.end(server.toHandle());
        }
    }

    private static Map<String, String> environment() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "-Xms64m -Xmx1g");
    }
}
