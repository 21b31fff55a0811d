package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL of this test's own, in a temporary folder, from the programs installed on this machine. */
final class PostgresServer implements AutoCloseable {
    private static final String USER = "merpati";
    private static final String PASSWORD = "for-the-check-only";
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

    private final Path programs;
    private final Path folder;
    private final int port = Ports.free();

    private PostgresServer(Path programs) throws IOException {
        this.programs = programs;
        this.folder = Files.createTempDirectory("merpati-postgres");
    }

    /** The folder of initdb and pg_ctl, if they are installed. */
    static Optional<Path> programs() {
        var candidates = new ArrayList<Path>();
        for (var entry : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            candidates.add(Path.of(entry));
        }
        if (Files.isDirectory(PACKAGES)) {
            try (Stream<Path> versions = Files.list(PACKAGES)) {
                versions.sorted(Comparator.reverseOrder()).forEach(version -> candidates.add(version.resolve("bin")));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return candidates.stream()
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
                .findFirst();
    }

    static boolean installed() {
        return programs().isPresent();
    }

    static PostgresServer start() throws IOException {
        var server = new PostgresServer(
                programs().orElseThrow(() -> new IllegalStateException("PostgreSQL is not installed")));
        var secret = Files.writeString(server.folder.resolve("password"), PASSWORD);
        server.own();
        server.run(
                "initdb", "-D", server.data(), "-U", USER, "-A", "scram-sha-256", "--pwfile", secret.toString(), "-N");
        server.run(
                "pg_ctl",
                "-D",
                server.data(),
                "-w",
                "-l",
                server.folder.resolve("log").toString(),
                "-o",
                "-p " + server.port + " -h 127.0.0.1 -k " + server.folder
                        + " -c max_prepared_transactions=100 -c max_connections=200 -c fsync=off",
                "start");
        return server;
    }

    /** What deploy-descriptors' set-up commands want to know of it. */
    List<String> setUpOptions() {
        return List.of(
                "--postgresql",
                url(),
                "--user",
                USER,
                "--password-file",
                folder.resolve("password").toString(),
                "--driver",
                driver().toString());
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String user() {
        return USER;
    }

    String password() {
        return PASSWORD;
    }

    private static Path driver() {
        return Path.of(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** PostgreSQL refuses to run as root, so root hands the folder and the commands to the user of that name. */
    private void own() {
        if (isRoot()) {
            Commands.run(folder, Map.of(), List.of("chown", "-R", "postgres", folder.toString()));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void run(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Commands.run(folder, Map.of("LC_ALL", "C.UTF-8"), command);
    }

    @Override
    public void close() throws IOException {
        run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
        Folders.remove(folder);
    }
}
