package org.merpati.launch.runtime.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.disk.Disk;

/** H2 on our file: what a crash, a torn write or a full disk leaves of it. */
class DurableFilePathTest {
    private static final String OPTIONS = ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE";
    private static final int BLOCK = StoreHeader.BLOCK;

    @TempDir
    Path folder;

    private Path database;
    private Path file;

    @BeforeEach
    void mount() {
        database = folder.resolve("mail");
        file = folder.resolve("mail.mv.db");
        DurableFilePath.mount(database, Disk.real());
    }

    @AfterEach
    void unmount() {
        DurableFilePath.unmount(database);
    }

    private Connection open(String scheme) throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + scheme + database + OPTIONS, "sa", "");
    }

    private static void sql(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*), sum(length(text)) from note")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void add(Connection connection, int id) throws SQLException {
        try (var insert = connection.prepareStatement("insert into note values (?, ?)")) {
            insert.setInt(1, id);
            insert.setString(2, "x".repeat(1 + id * 37 % 9_000));
            insert.execute();
        }
    }

    /** Opens a copy of these bytes as a new process would find them, and counts the rows. */
    private long countIn(byte[] bytes) throws IOException, SQLException {
        var copy = folder.resolve("copy");
        Files.write(folder.resolve("copy.mv.db"), bytes);
        DurableFilePath.mount(copy, Disk.real());
        try (var connection = DriverManager.getConnection("jdbc:h2:durable:" + copy + OPTIONS, "sa", "")) {
            return count(connection);
        } finally {
            DurableFilePath.unmount(copy);
            Files.delete(folder.resolve("copy.mv.db"));
        }
    }

    @Test
    void aDatabaseThatH2MadeByItselfIsTakenOverAndGivenBack() throws SQLException {
        try (var connection = open("")) {
            sql(connection, "create table note (id int primary key, text varchar)");
            add(connection, 1);
        }
        try (var connection = open("durable:")) {
            assertThat(count(connection)).isEqualTo(1);
            add(connection, 2);
        }
        try (var connection = open("")) {
            assertThat(count(connection)).isEqualTo(2);
            add(connection, 3);
        }
        try (var connection = open("durable:")) {
            assertThat(count(connection)).isEqualTo(3);
        }
    }

    @Test
    void whatIsLeftAfterEachCommitHasThatCommit() throws SQLException, IOException {
        var random = new Random(1);
        try (var connection = open("durable:")) {
            sql(connection, "create table note (id int primary key, text varchar)");
            for (int i = 1; i <= 300; i++) {
                add(connection, i);
                sql(connection, "update note set text = text || 'y' where id = " + (1 + random.nextInt(i)));
                if (i % 20 == 0) {
                    assertThat(countIn(Files.readAllBytes(file))).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void ofTheNewestCommitNothingIsLeftOrAll() throws SQLException, IOException {
        var random = new Random(2);
        try (var connection = open("durable:")) {
            sql(connection, "create table note (id int primary key, text varchar)");
            for (int i = 1; i <= 40; i++) {
                add(connection, i);
                sql(connection, "update note set text = text || 'y' where id = " + (1 + random.nextInt(i)));
                var before = Files.readAllBytes(file);
                add(connection, 1000 + i);
                var after = Files.readAllBytes(file);
                sql(connection, "delete from note where id = " + (1000 + i));
                boolean one = Arrays.equals(before, 0, BLOCK, after, 0, BLOCK)
                        != Arrays.equals(before, BLOCK, 2 * BLOCK, after, BLOCK, 2 * BLOCK);
                assertThat(one).as("one commit, one header").isTrue();
                if (i > 35) {
                    // before the fsync the new chunk is hidden; the one before it may be so until then
                    hideNewest(after);
                    if (i % 2 == 0) {
                        hideNewest(before);
                    }
                    for (int cut = 0; cut < 12; cut++) {
                        assertThat(countIn(between(before, after, random, cut % 2 == 0 ? BLOCK : 512)))
                                .isBetween((long) i, i + 1L);
                    }
                }
            }
        }
    }

    private static void hideNewest(byte[] bytes) {
        var first = StoreHeader.parse(bytes, 0).orElseThrow();
        var second = StoreHeader.parse(bytes, BLOCK).orElseThrow();
        var newest =
                (first.version() > second.version() ? first : second).commit().orElseThrow();
        assertThat((char) bytes[(int) newest.block() * BLOCK]).isEqualTo('c');
        bytes[(int) newest.block() * BLOCK] = '#';
    }

    /** Each block is the old one or the new one. */
    private static byte[] between(byte[] before, byte[] after, Random random, int block) {
        var mixed = Arrays.copyOf(
                random.nextBoolean() ? before : after, random.nextBoolean() ? before.length : after.length);
        for (int at = 0; at < mixed.length; at += block) {
            var source = random.nextBoolean() ? before : after;
            for (int i = at; i < Math.min(mixed.length, at + block); i++) {
                mixed[i] = i < source.length ? source[i] : 0;
            }
        }
        return mixed;
    }

    @Test
    void aFileThatNeverHeldAnythingIsMadeAnew() throws SQLException, IOException {
        for (int size : new int[] {0, 100, BLOCK, 2 * BLOCK, 5 * BLOCK}) {
            Files.write(file, new byte[size]);
            try (var connection = open("durable:")) {
                sql(connection, "create table note (id int primary key, text varchar)");
                assertThat(count(connection)).isZero();
            }
            Files.delete(file);
        }
    }

    @Test
    void garbageIsRefusedAndLeftAsItIs() throws IOException {
        var garbage = new byte[10 * BLOCK];
        new Random(3).nextBytes(garbage);
        Files.write(file, garbage);
        assertThatThrownBy(() -> open("durable:")).isInstanceOf(SQLException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(garbage);
    }

    @Test
    void oneDamagedHeaderBlockLosesNothingButTheNewestCommitAtMost() throws SQLException, IOException {
        byte[] bytes;
        try (var connection = open("durable:")) {
            sql(connection, "create table note (id int primary key, text varchar)");
            for (int i = 1; i <= 20; i++) {
                add(connection, i);
            }
            bytes = Files.readAllBytes(file);
        }
        for (int block = 0; block < 2; block++) {
            var damaged = bytes.clone();
            Arrays.fill(damaged, block * BLOCK, (block + 1) * BLOCK, (byte) 0x55);
            assertThat(countIn(damaged)).isBetween(19L, 20L);
        }
    }

    @Test
    void aSecondProcessOrHandleIsKeptOut() throws SQLException, IOException {
        try (var connection = open("durable:")) {
            sql(connection, "create table note (id int primary key, text varchar)");
            try (var other = Disk.real().open(file)) {
                assertThat(other.lock()).isFalse();
            }
        }
        try (var free = new RandomAccessFile(file.toFile(), "rw")) {
            assertThat(free.getChannel().tryLock()).isNotNull();
        }
    }

    @Test
    void aChannelThatH2HasForgottenGivesWayToTheNext() throws SQLException, IOException {
        var forgotten = open("durable:"); // dies below, and is of no use even to be closed
        sql(forgotten, "create table note (id int primary key, text varchar)");
        add(forgotten, 1);
        try (var next = FilePath.get("durable:" + database + ".mv.db").open("rw")) {
            assertThat(next.tryLock()).isNotNull();
            assertThatThrownBy(() -> add(forgotten, 2)).isInstanceOf(SQLException.class);
        }
        try (var connection = open("durable:")) {
            assertThat(count(connection)).isEqualTo(1);
            add(connection, 2);
        }
    }

    @Test
    void aFailureAtAnyWriteLosesNoCommitAndIsOverWhenTheDiskIsWell() throws SQLException {
        var disk = new FailingDisk();
        DurableFilePath.mount(database, disk);
        var there = new ArrayList<Integer>();
        try (var connection = open("durable:")) {
            sql(connection, "create table note (id int primary key, text varchar)");
            sql(connection, "checkpoint sync");
        }
        int next = 1;
        for (int after = 0; after < 40; after++) {
            disk.heal();
            try (var connection = open("durable:")) {
                assertThat(ids(connection)).as("after %s", after).containsAll(there);
                there = new ArrayList<>(ids(connection));
                disk.failAfter(after);
                for (int i = 0; i < 8; i++) {
                    int id = next++;
                    add(connection, id);
                    there.add(id);
                    sql(connection, "update note set text = text || 'z' where id = " + there.get(id % there.size()));
                }
            } catch (SQLException e) {
                assertThat(causes(e)).as("after %s", after).contains("No space left");
            }
        }
        disk.heal();
        try (var connection = open("durable:")) {
            assertThat(ids(connection)).containsAll(there);
            add(connection, next);
        }
    }

    private static String causes(Throwable thrown) {
        var text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static List<Integer> ids(Connection connection) throws SQLException {
        var ids = new ArrayList<Integer>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, length(text) from note")) {
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
        }
        return ids;
    }
}
