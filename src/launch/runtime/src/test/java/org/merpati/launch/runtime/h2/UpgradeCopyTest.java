package org.merpati.launch.runtime.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database whose schema is changed, and what is left when that does not come to its end. */
class UpgradeCopyTest {
    private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";

    private final FailingDisk disk = new FailingDisk();

    @TempDir
    Path folder;

    private Path database;
    private Path file;
    private Path copy;
    private UpgradeCopy kept;

    @BeforeEach
    void aDatabaseWithARow() throws SQLException {
        database = folder.resolve("mail");
        file = folder.resolve("mail.mv.db");
        copy = folder.resolve("mail.mv.db.before-upgrade");
        kept = new UpgradeCopy(database);
        DurableFilePath.mount(database, disk);
        try (var connection = open()) {
            sql(connection, "create table note (text varchar)", "insert into note values ('old')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        disk.heal();
        try (var connection = open()) {
            sql(connection, "shutdown");
        }
        DurableFilePath.unmount(database);
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:durable:" + database + OPTIONS, "sa", "");
    }

    private static void sql(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var text : statements) {
                statement.execute(text);
            }
        }
    }

    private String note() throws SQLException {
        try (var connection = open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select * from note")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** Half a change of the schema, after which the process ends. */
    private void changeAndEnd() throws SQLException {
        try (var connection = open()) {
            sql(connection, "drop table note", "create table note (number int, text varchar)");
            sql(connection, "insert into note values (1, 'new')", "shutdown");
        }
    }

    @Test
    void whatWasNotReleasedIsUndoneBeforeTheNextOpening() throws SQLException {
        kept.keep();
        changeAndEnd();

        kept.putBack();
        assertThat(note()).isEqualTo("old");
        assertThat(copy).doesNotExist();
    }

    @Test
    void whatWasReleasedStays() throws SQLException {
        kept.keep();
        try (var connection = open()) {
            sql(connection, "update note set text = 'new'");
        }
        kept.release();
        assertThat(copy).doesNotExist();
        try (var connection = open()) {
            sql(connection, "shutdown");
        }

        kept.putBack();
        assertThat(note()).isEqualTo("new");
    }

    @Test
    void aCopyThatIsNotWholeIsNotPutBack() throws Exception {
        kept.keep();
        changeAndEnd();
        var whole = Files.readAllBytes(copy);
        for (int at : new int[] {0, 5_000, whole.length - 30, whole.length - 20, whole.length - 1}) {
            var torn = whole.clone();
            torn[at] ^= 1;
            Files.write(copy, torn);
            kept.putBack();
            assertThat(copy).doesNotExist();
            assertThat(note()).isEqualTo("1");
            try (var connection = open()) {
                sql(connection, "shutdown");
            }
        }
        Files.write(copy, new byte[0]);
        kept.putBack();
        assertThat(note()).isEqualTo("1");
    }

    @Test
    void aPuttingBackThatFailsIsBegunAnew() throws Exception {
        kept.keep();
        changeAndEnd();
        var changed = Files.readAllBytes(file);
        var before = Files.readAllBytes(copy);

        int failed = 0;
        for (int after = 0; ; after++) {
            Files.write(file, changed);
            Files.write(copy, before);
            disk.failAfter(after);
            try {
                kept.putBack();
                break;
            } catch (IllegalStateException e) {
                failed++;
                assertThat(e).hasMessageContaining("before-upgrade");
            } finally {
                disk.heal();
            }
            kept.putBack();
            assertThat(copy).doesNotExist();
            assertThat(Files.readAllBytes(file)).isEqualTo(java.util.Arrays.copyOf(before, before.length - 24));
        }
        assertThat(failed).isGreaterThanOrEqualTo(4); // the octets, the length, the force, the copy's end
        assertThat(note()).isEqualTo("old");
    }

    @Test
    void aFileThatSomebodyHasOpenIsLeftAlone() {
        kept.keep();

        assertThatThrownBy(kept::putBack).hasMessageContaining("in use");
        assertThat(copy).exists();
        kept.release();
    }

    @Test
    void withoutRoomForTheCopyNothingIsChanged() throws SQLException, IOException {
        disk.failAfter(1); // after the force of the database itself
        assertThatThrownBy(kept::keep)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("room for a copy")
                .hasMessageContaining("No space left");
        disk.heal();

        assertThat(note()).isEqualTo("old");
        try (var connection = open()) {
            sql(connection, "shutdown");
        }
        kept.putBack();
        assertThat(note()).isEqualTo("old");
    }
}
