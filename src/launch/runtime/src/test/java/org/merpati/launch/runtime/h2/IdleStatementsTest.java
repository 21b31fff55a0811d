package org.merpati.launch.runtime.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.h2.jdbc.JdbcPreparedStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.disk.Disk;

/** What the users of a connection see of statements that are kept for the next one. */
class IdleStatementsTest {
    private static final String READ = "select body from note where id = ?";
    private static final String LOCK = "select body from note where id = ? for update";

    @TempDir
    Path folder;

    private Path database;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        database = folder.resolve("notes");
        DurableFilePath.mount(database, Disk.real());
        connection = connect();
        try (var statement = connection.createStatement()) {
            statement.execute("create table note (id int primary key, body varchar(20))");
            statement.execute("insert into note values (1, 'one'), (2, 'two')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        DurableFilePath.unmount(database);
    }

    private Connection connect() throws SQLException {
        return Objects.requireNonNull(new DurableDriver().connect("jdbc:h2:durable:" + database, new Properties()));
    }

    private static String first(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void theNextOneHasAllItsOwn() throws SQLException {
        try (var statement = connection.prepareStatement(READ)) {
            statement.setInt(1, 1);
            assertThat(first(statement)).isEqualTo("one");
        }
        try (var statement = connection.prepareStatement(READ)) {
            assertThatThrownBy(statement::executeQuery)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("not set");
            statement.setInt(1, 2);
            assertThat(first(statement)).isEqualTo("two");
        }
    }

    @Test
    void aBatchThatWasNotRunIsForgotten() throws SQLException {
        var insert = "insert into note values (?, 'x')";
        try (var statement = connection.prepareStatement(insert)) {
            statement.setInt(1, 8);
            statement.addBatch();
        }
        try (var statement = connection.prepareStatement(insert)) {
            statement.setInt(1, 9);
            statement.addBatch();
            assertThat(statement.executeBatch()).containsExactly(1);
        }
    }

    @Test
    void twoOfOneTextAtOnceAreTwo() throws SQLException {
        try (var one = connection.prepareStatement(READ);
                var other = connection.prepareStatement(READ)) {
            one.setInt(1, 1);
            other.setInt(1, 2);
            assertThat(first(one)).isEqualTo("one");
            assertThat(first(other)).isEqualTo("two");
        }
    }

    @Test
    void whatIsClosedStaysClosedWithItsRows() throws SQLException {
        var closed = connection.prepareStatement(READ);
        closed.setInt(1, 1);
        var rows = closed.executeQuery();
        closed.close();
        closed.close();
        try (var statement = connection.prepareStatement(READ)) {
            assertThat(statement.isClosed()).isFalse();
            assertThat(closed.isClosed()).isTrue();
            assertThat(rows.isClosed()).isTrue();
            assertThatThrownBy(() -> closed.setInt(1, 1)).isInstanceOf(SQLException.class);
        }
    }

    private PreparedStatement raw() throws SQLException {
        try (var statement = connection.prepareStatement(READ)) {
            return statement.unwrap(JdbcPreparedStatement.class);
        }
    }

    @Test
    void theNextOneIsTheSame() throws SQLException {
        assertThat(raw()).isSameAs(raw());
    }

    @Test
    void whatAnotherThreadClosesIsNoneForTheNextOne() throws Exception {
        var statement = connection.prepareStatement(READ);
        var raw = statement.unwrap(JdbcPreparedStatement.class);
        var other = Thread.ofPlatform().start(() -> {
            try {
                statement.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        other.join();
        assertThat(raw.isClosed()).isTrue();
        assertThat(raw()).isNotSameAs(raw);
    }

    @Test
    void aLimitOfRowsIsNotHandedOn() throws SQLException {
        var all = "select id from note";
        try (var statement = connection.prepareStatement(all)) {
            statement.setMaxRows(1);
            try (var rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isFalse();
            }
        }
        try (var statement = connection.prepareStatement(all);
                var rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void lockingAgainLocksThoughNothingHasChanged() throws SQLException {
        connection.setAutoCommit(false);
        lock();
        connection.commit();
        lock();
        try (var raw = new org.h2.Driver()
                        .connect("jdbc:h2:durable:" + database + ";LOCK_TIMEOUT=1", new Properties());
                var statement = raw.prepareStatement(LOCK)) {
            statement.setInt(1, 1);
            assertThatThrownBy(statement::executeQuery)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Timeout");
        }
        connection.rollback();
    }

    private void lock() throws SQLException {
        try (var statement = connection.prepareStatement(LOCK)) {
            statement.setInt(1, 1);
            assertThat(first(statement)).isEqualTo("one");
        }
    }

    @Test
    void aChangedTableIsSeenByWhatWasPreparedBefore() throws SQLException {
        var all = "select * from note where id = ?";
        try (var statement = connection.prepareStatement(all)) {
            statement.setInt(1, 1);
            statement.executeQuery().close();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("alter table note add column more int default 7");
        }
        try (var statement = connection.prepareStatement(all)) {
            statement.setInt(1, 1);
            try (var rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt("more")).isEqualTo(7);
            }
        }
    }

    @Test
    void ofManyTextsThoseUsedLastAreKept() throws SQLException {
        for (int i = 0; i < 1_000; i++) {
            try (var statement = connection.prepareStatement("select body || " + i + " from note where id = ?")) {
                statement.setInt(1, 1);
                assertThat(first(statement)).isEqualTo("one" + i);
            }
        }
    }
}
