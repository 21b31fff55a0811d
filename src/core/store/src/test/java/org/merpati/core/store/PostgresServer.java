package org.merpati.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.merpati.launch.runtime.EmbeddedRuntime;

/**
 * The PostgreSQL of these tests: in a folder of its own, on its own port of loopback, gone when they end. One for all of them, as
 * making it takes longer than most of them do; it fsyncs nothing, since no test here cuts its power.
 */
final class PostgresServer {
    private static final Lock STARTING = new ReentrantLock();
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable PostgresServer started;

    private final Path folder;
    private final int port;

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * A runtime over an empty database of its own.
     *
     * @throws org.opentest4j.TestAbortedException where PostgreSQL is not installed
     */
    static EmbeddedRuntime runtime() {
        Assumptions.assumeTrue(installed(), "PostgreSQL's programs (initdb, pg_ctl) are not installed");
        return EmbeddedRuntime.builder()
                .database(theOne().newDatabase("test" + DATABASES.incrementAndGet()), "postgres", "")
                .start();
    }

    private static PostgresServer theOne() {
        STARTING.lock();
        try {
            var server = started;
            if (server == null) {
                server = start();
                Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
                started = server;
            }
            return server;
        } finally {
            STARTING.unlock();
        }
    }

    private static boolean installed() {
        return program("initdb").isPresent() && program("pg_ctl").isPresent();
    }

    private static PostgresServer start() {
        try {
            var folder = Files.createTempDirectory("merpati-postgres");
            if (root()) {
                run(List.of("chown", "postgres", folder.toString()));
            }
            int port;
            try (var any = new ServerSocket(0)) {
                port = any.getLocalPort();
            }
            var data = folder.resolve("data").toString();
            run(asPostgres(program("initdb").orElseThrow(), "-D", data, "-U", "postgres", "-A", "trust", "-N"));
            run(asPostgres(
                    program("pg_ctl").orElseThrow(),
                    "-D",
                    data,
                    "-w",
                    "-l",
                    folder.resolve("log").toString(),
                    "-o",
                    "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c max_connections=200"
                            + " -c fsync=off -c synchronous_commit=off -c full_page_writes=off",
                    "start"));
            return new PostgresServer(folder, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its JDBC address. */
    private String newDatabase(String name) {
        try (var connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    private void stop() {
        run(asPostgres(
                program("pg_ctl").orElseThrow(), "-D", folder.resolve("data").toString(), "-m", "immediate", "stop"));
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static Optional<Path> program(String name) {
        var folders = new ArrayList<Path>();
        try (var versions = Files.newDirectoryStream(Path.of("/usr/lib/postgresql"))) {
            versions.forEach(version -> folders.add(version.resolve("bin")));
        } catch (IOException e) {
            // not Debian's place; the search path may have it
        }
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(Path::of)
                .forEach(folders::add);
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asPostgres(Path program, String... arguments) {
        var command = new ArrayList<String>();
        if (root()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) {
        try {
            var output = Files.createTempFile("merpati-postgres", ".out");
            var process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ":\n" + Files.readString(output));
            }
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
