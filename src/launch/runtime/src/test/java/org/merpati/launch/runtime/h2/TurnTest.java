package org.merpati.launch.runtime.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.disk.Disk;

class TurnTest {
    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void mount() throws SQLException {
        database = folder.resolve("mail");
        DurableFilePath.mount(database, Disk.real());
        try (var connection = open()) {
            execute(connection, "create table note (id int primary key)");
        }
    }

    @AfterEach
    void unmount() {
        DurableFilePath.unmount(database);
    }

    private Connection open() throws SQLException {
        var connection = new DurableDriver().connect("jdbc:h2:durable:" + database, new Properties());
        return java.util.Objects.requireNonNull(connection);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aChangeWaitsForTheOtherTransactionAndReadingDoesNot() throws Exception {
        try (var first = open();
                var second = open()) {
            first.setAutoCommit(false);
            execute(first, "insert into note values (1)");
            try (var statement = second.createStatement();
                    var rows = statement.executeQuery("select count(*) from note")) {
                rows.next();
                assertThat(rows.getLong(1)).isZero();
            }
            var committed = new AtomicBoolean();
            var waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    execute(second, "insert into note values (2)");
                    return committed.get();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            committed.set(true);
            first.commit();
            assertThat(waiting.get(9, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatIsUndoneOrClosedGivesTheTurnBack() throws SQLException {
        try (var second = open()) {
            try (var first = open()) {
                first.setAutoCommit(false);
                execute(first, "insert into note values (1)");
                first.rollback();
                CompletableFuture.runAsync(() -> insert(second, 2)).join();
                execute(first, "insert into note values (3)");
            }
            CompletableFuture.runAsync(() -> insert(second, 4)).join();
        }
    }

    private static void insert(Connection connection, int id) {
        try {
            execute(connection, "insert into note values (" + id + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTransactionWithinOneOnTheSameThreadDoesNotWait() throws SQLException {
        try (var outer = open();
                var inner = open()) {
            outer.setAutoCommit(false);
            inner.setAutoCommit(false);
            execute(outer, "insert into note values (1)");
            execute(inner, "insert into note values (2)");
            inner.commit();
            outer.commit();
        }
        try (var connection = open()) {
            execute(connection, "insert into note values (3)");
        }
    }

    @Test
    void itIsTheOneDriverThatTheManagerDoesNotKnow() throws SQLException {
        assertThat(DriverManager.drivers()).noneMatch(DurableDriver.class::isInstance);
        assertThat(new DurableDriver().connect("jdbc:h2:mem:x", new Properties()))
                .isNull();
    }
}
