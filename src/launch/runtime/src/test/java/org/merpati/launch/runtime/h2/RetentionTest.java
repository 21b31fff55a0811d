package org.merpati.launch.runtime.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.disk.Disk;

/** What H2 promises those who read, and what it needs no retention time for (docs/adr/0015). Public for H2, which calls it. */
public class RetentionTest {
    private static final int ROWS = 2_000;
    private static final CountDownLatch READING = new CountDownLatch(1);
    private static final CountDownLatch CHANGED = new CountDownLatch(1);

    @TempDir
    Path folder;

    /** Called by the statement below, for each row. */
    public static int gate(int id) throws InterruptedException {
        if (id == 10) {
            READING.countDown();
            CHANGED.await();
        }
        return id;
    }

    private static void sql(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static void changeAllAndCompact(Connection connection, MVStore store, int round) throws SQLException {
        for (int id = 1; id <= ROWS; id += 100) {
            sql(
                    connection,
                    "update note set text = 'new " + round + "' || substring(text, 4, 200) where id between " + id
                            + " and " + (id + 99));
        }
        store.compact(100, 1 << 20);
        store.commit();
    }

    @Test
    void aStatementUnderWayReadsWhatItBeganWithThoughNothingIsRetained() throws Exception {
        var database = folder.resolve("mail");
        DurableFilePath.mount(database, Disk.real());
        var url = "jdbc:h2:durable:" + database
                + ";WRITE_DELAY=0;RETENTION_TIME=0;CACHE_SIZE=64;PAGE_SIZE=1024;DB_CLOSE_ON_EXIT=FALSE";
        try (var writer = DriverManager.getConnection(url, "sa", "")) {
            sql(writer, "create table note (id int primary key, text varchar)");
            sql(writer, "create alias gate for '" + RetentionTest.class.getName() + ".gate'");
            sql(writer, "insert into note select x, 'old' || repeat('x', 200) from system_range(1, " + ROWS + ")");
            var store = OpenDatabase.storeOf(writer);
            var reading = new FutureTask<>(() -> {
                try (var reader = DriverManager.getConnection(url, "sa", "");
                        var statement = reader.createStatement();
                        var rows = statement.executeQuery("select gate(id), text from note order by id")) {
                    int old = 0;
                    while (rows.next()) {
                        old += rows.getString(2).startsWith("old") ? 1 : 0;
                    }
                    return old;
                } finally {
                    READING.countDown();
                }
            });
            Thread.ofPlatform().start(reading);
            READING.await();
            for (int round = 0; round < 4; round++) {
                changeAllAndCompact(writer, store, round);
            }
            long kept = store.getFileStore().size();
            CHANGED.countDown();
            assertThat(reading.get()).isEqualTo(ROWS);

            for (int round = 4; round < 8; round++) {
                changeAllAndCompact(writer, store, round);
            }
            assertThat(store.getFileStore().size())
                    .as("what nobody reads any more is used again at once")
                    .isLessThan(kept / 2);
        } finally {
            DurableFilePath.unmount(database);
        }
    }
}
