package org.merpati.launch.runtime.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.disk.Disk;
import org.merpati.launch.runtime.h2.JournaledStatement.Kind;

/** What is left of transactions that H2 had not stored, when the process ends or the disk fails. */
class JournalTest {
    private static final String OPTIONS =
            ";RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;MAX_COMPACT_TIME=0";

    @TempDir
    Path folder;

    private final FailingDisk disk = new FailingDisk();
    private Path database;

    @BeforeEach
    void aDatabase() throws SQLException {
        database = folder.resolve("mail");
        DurableFilePath.mount(database, disk);
        try (var connection = open(database)) {
            sql(connection, "create table note (id bigint primary key, text varchar, octets varbinary, even boolean)");
            sql(connection, "create sequence number start with 10 increment by 10");
        }
    }

    @AfterEach
    void close() throws SQLException {
        disk.heal();
        try (var connection = open(database)) {
            sql(connection, "shutdown");
        }
        DurableFilePath.unmount(database);
    }

    private static Connection open(Path database) throws SQLException {
        return Objects.requireNonNull(
                new DurableDriver().connect("jdbc:h2:durable:" + database + OPTIONS, new Properties()));
    }

    private static void sql(Connection connection, String... texts) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var text : texts) {
                statement.execute(text);
            }
        }
    }

    private static void add(Connection connection, long id, String text) throws SQLException {
        try (var insert = connection.prepareStatement("insert into note values (?, ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setString(2, text);
            if (id % 3 == 0) {
                insert.setNull(3, Types.VARBINARY);
            } else {
                insert.setBytes(3, new byte[] {(byte) id});
            }
            insert.setBoolean(4, id % 2 == 0);
            insert.executeUpdate();
        }
    }

    private static Map<Long, String> notes(Connection connection) throws SQLException {
        var notes = new TreeMap<Long, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, text, octets, even from note")) {
            while (rows.next()) {
                long id = rows.getLong(1);
                notes.put(id, rows.getString(2));
                assertThat(rows.getBytes(3)).isEqualTo(id % 3 == 0 ? null : new byte[] {(byte) id});
                assertThat(rows.getBoolean(4)).isEqualTo(id % 2 == 0);
            }
        }
        return notes;
    }

    private static long number(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("values next value for number")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The files as a new process would find them if this one ended now. */
    private Path copy(String name) throws IOException {
        var to = folder.resolve(name);
        for (var file : List.of(".mv.db", ".journal1", ".journal2")) {
            var from = folder.resolve("mail" + file);
            if (Files.exists(from)) {
                Files.copy(from, folder.resolve(name + file));
            }
        }
        return to;
    }

    private static Map<Long, String> reopened(Path copy) throws SQLException {
        DurableFilePath.mount(copy, Disk.real());
        try (var connection = open(copy)) {
            var notes = notes(connection);
            sql(connection, "shutdown");
            return notes;
        } finally {
            DurableFilePath.unmount(copy);
        }
    }

    @Test
    void whateverWasCommittedIsThereAgainAfterAnEndAtAnyTime() throws Exception {
        var random = new Random(3);
        var expected = new TreeMap<Long, String>();
        try (var connection = open(database)) {
            for (int round = 0; round < 60; round++) {
                connection.setAutoCommit(random.nextInt(3) > 0);
                change(connection, random, expected, round);
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
                if (random.nextInt(12) == 0) {
                    Mount.of(folder.resolve("mail.mv.db")).store();
                }
                assertThat(reopened(copy("copy" + round))).isEqualTo(expected);
            }
            connection.setAutoCommit(true);
        }
    }

    private static void change(Connection connection, Random random, Map<Long, String> expected, long round)
            throws SQLException {
        switch (random.nextInt(8)) {
            case 0 -> {
                try (var batch = connection.prepareStatement("insert into note values (?, ?, ?, ?)")) {
                    for (long id = round * 100; id < round * 100 + 50; id++) {
                        batch.setLong(1, id);
                        batch.setObject(2, "batch");
                        batch.setObject(3, id % 3 == 0 ? null : new byte[] {(byte) id});
                        batch.setBoolean(4, id % 2 == 0);
                        batch.addBatch();
                        expected.put(id, "batch");
                    }
                    batch.executeBatch();
                }
            }
            case 1 -> {
                sql(connection, "update note set text = 'all'");
                expected.replaceAll((id, text) -> "all");
            }
            case 2 -> {
                sql(connection, "delete from note where mod(id, 7) = 1");
                expected.keySet().removeIf(id -> id % 7 == 1);
            }
            case 3 -> {
                boolean own = connection.getAutoCommit();
                connection.setAutoCommit(false);
                var before = connection.setSavepoint();
                add(connection, 1_000_000 + round, "undone");
                connection.rollback(before);
                add(connection, 2_000_000 + round, "kept");
                expected.put(2_000_000 + round, "kept");
                connection.setAutoCommit(own);
            }
            case 4 -> {
                sql(
                        connection,
                        "create table other" + round + " (id int)",
                        "insert into other" + round + " values (1)");
                add(connection, 3_000_000 + round, "with a table");
                expected.put(3_000_000 + round, "with a table");
            }
            case 5 -> {
                long id = 100_000_000 + number(connection);
                add(connection, id, "by a sequence");
                expected.put(id, "by a sequence");
            }
            case 6 -> {
                try (var insert = connection.prepareStatement("insert into note select n.id, n.text, null, n.even"
                        + " from unnest(cast(? as bigint array), cast(? as varchar array), cast(? as boolean array))"
                        + " as n(id, text, even)")) {
                    long even = 6_000_000 + round * 6; // and a third of it
                    insert.setArray(1, connection.createArrayOf("bigint", new Object[] {even}));
                    insert.setObject(2, new Object[] {"array"});
                    insert.setArray(3, connection.createArrayOf("boolean", new Object[] {true}));
                    insert.execute();
                    expected.put(even, "array");
                }
            }
            default -> {
                add(connection, 4_000_000 + round, "ä".repeat(9_000));
                expected.put(4_000_000 + round, "ä".repeat(9_000));
            }
        }
    }

    @Test
    void whatIsUndoneOrNeverCommittedIsNotDone() throws Exception {
        try (var connection = open(database)) {
            connection.setAutoCommit(false);
            add(connection, 1, "kept");
            connection.commit();
            add(connection, 2, "undone");
            connection.rollback();
            add(connection, 3, "kept too");
            connection.commit();
            add(connection, 4, "never committed");
            assertThat(reopened(copy("copy")).keySet()).containsExactly(1L, 3L);
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void ofATornJournalAllThatCameBeforeTheTearIsThere() throws Exception {
        try (var connection = open(database)) {
            for (int id = 1; id <= 20; id++) {
                add(connection, id, "note " + id);
            }
        }
        var journal = Files.readAllBytes(folder.resolve("mail.journal1"));
        int last = 0;
        int most = 0;
        for (int at = 512; at < 2_500; at += 97) {
            var torn = journal.clone();
            torn[at] ^= 0x55;
            var copy = copy("torn" + at);
            Files.write(folder.resolve("torn" + at + ".journal1"), torn);
            var left = reopened(copy);
            assertThat(left.keySet()).isEqualTo(notesUpTo(left.size()).keySet());
            assertThat(left.size()).isGreaterThanOrEqualTo(last);
            last = left.size();
            most = Math.max(most, last);
        }
        assertThat(most).isGreaterThan(5);
    }

    private static Map<Long, String> notesUpTo(long count) {
        var notes = new TreeMap<Long, String>();
        for (long id = 1; id <= count; id++) {
            notes.put(id, "note " + id);
        }
        return notes;
    }

    @Test
    void numbersOfASequenceAreNeverGivenOutTwice() throws Exception {
        long highest = 0;
        try (var connection = open(database)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 100; i++) {
                highest = number(connection);
                connection.rollback(); // others may use the numbers all the same
                if (i % 10 == 9) {
                    add(connection, i, "with " + highest);
                    connection.commit();
                }
            }
            connection.setAutoCommit(true);
        }
        var copy = copy("copy");
        DurableFilePath.mount(copy, Disk.real());
        try (var connection = open(copy)) {
            assertThat(number(connection)).isGreaterThan(highest);
            sql(connection, "shutdown");
        } finally {
            DurableFilePath.unmount(copy);
        }
    }

    @Test
    void afterAFailureAtAnyWriteWhatWasAnsweredIsThereAndNothingElse() throws Exception {
        var expected = new TreeMap<Long, String>();
        var random = new Random(5);
        int failures = 0;
        for (long round = 0; round < 60; round++) {
            disk.failAfter(random.nextInt(6));
            for (long id = round * 10; id < round * 10 + 8; id++) {
                try (var connection = open(database)) {
                    add(connection, id, "note");
                    if (id % 5 == 0) {
                        Mount.of(folder.resolve("mail.mv.db")).store();
                    }
                    expected.put(id, "note");
                } catch (SQLException e) {
                    failures++;
                    if (id % 5 == 0) {
                        expected.remove(id); // its own answer may have been good; see below
                        disk.heal();
                        try (var connection = open(database)) {
                            if (notes(connection).containsKey(id)) {
                                expected.put(id, "note");
                            }
                        }
                    }
                }
            }
            disk.heal();
            try (var connection = open(database)) {
                assertThat(notes(connection)).as("round " + round).isEqualTo(expected);
                add(connection, round * 10 + 9, "well again");
                expected.put(round * 10 + 9, "well again");
            }
            assertThat(reopened(copy("failed" + round))).as("round " + round).isEqualTo(expected);
        }
        assertThat(failures).isGreaterThan(30);
    }

    @Test
    void aJournalOfAnotherTimeIsRefusedAndSaidSo() throws Exception {
        var old = copy("old");
        try (var connection = open(database)) {
            for (int id = 1; id <= 3; id++) {
                add(connection, id, "x");
                Mount.of(folder.resolve("mail.mv.db")).store();
            }
            add(connection, 4, "x");
        }
        for (var file : List.of(".journal1", ".journal2")) {
            Files.copy(
                    folder.resolve("mail" + file), folder.resolve("old" + file), StandardCopyOption.REPLACE_EXISTING);
        }
        DurableFilePath.mount(old, Disk.real());
        try {
            assertThatThrownBy(() -> open(old).close()).hasMessageContaining("does not belong to the database file");
        } finally {
            DurableFilePath.unmount(old);
        }
    }

    @Test
    void aDatabaseThatWasClosedInOrderHasNoJournal() throws Exception {
        try (var connection = open(database)) {
            add(connection, 1, "x");
            assertThat(folder.resolve("mail.journal1")).exists();
            sql(connection, "shutdown");
        }
        assertThat(folder.resolve("mail.journal1")).doesNotExist();
        assertThat(folder.resolve("mail.journal2")).doesNotExist();
        assertThat(reopened(copy("copy")).keySet()).containsExactly(1L);
    }

    @Test
    void statementsAreKnownByWhatTheyDo() {
        var kinds = new ArrayList<Kind>();
        for (var sql : List.of(
                " SELECT 1",
                "select 1 from note for update",
                "values next value for number",
                "insert into note values (next value for number)",
                "Update note set text = ''",
                "create table x (id int)",
                "shutdown")) {
            kinds.add(Kind.of(sql));
        }
        assertThat(kinds)
                .containsExactly(
                        Kind.READS,
                        Kind.LOCKS,
                        Kind.TAKES_NUMBERS,
                        Kind.OTHER,
                        Kind.CHANGES,
                        Kind.OTHER,
                        Kind.SHUTDOWN);
    }
}
