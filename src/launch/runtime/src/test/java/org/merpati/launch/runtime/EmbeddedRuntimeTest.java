package org.merpati.launch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.door.ConnectionReset;

class EmbeddedRuntimeTest {
    record Thing(String name) {}

    @TempDir
    Path folder;

    private EmbeddedRuntime start(Path data) throws SQLException {
        var runtime = EmbeddedRuntime.builder()
                .data(data)
                .persistenceUnit("runtime-test")
                .bean(Thing.class, new Thing("handed in"))
                .start();
        sql(runtime, "create table if not exists note (id bigint primary key, text varchar(10) not null)");
        return runtime;
    }

    private static void sql(EmbeddedRuntime runtime, String statement) throws SQLException {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void committedRowsAreThereAfterARestart() throws SQLException {
        try (var runtime = start(folder)) {
            runtime.get(Notes.class).add(1, "kept");
        }
        try (var runtime = start(folder)) {
            assertThat(runtime.get(Notes.class).count()).isEqualTo(1);
        }
    }

    @Test
    void aRuntimeExceptionRollsBackWhatWasFlushed() throws SQLException {
        try (var runtime = start(folder)) {
            var notes = runtime.get(Notes.class);
            assertThatThrownBy(() -> notes.addAndFail(1)).hasMessage("on purpose");
            assertThat(notes.count()).isZero();
        }
    }

    @Test
    void aCommitThatFailsIsThrownAndLeavesNothing() throws SQLException {
        try (var runtime = start(folder)) {
            var notes = runtime.get(Notes.class);
            assertThatThrownBy(() -> notes.add(1, "longer than its column")).hasRootCauseInstanceOf(SQLException.class);
            assertThat(notes.count()).isZero();
        }
    }

    @Test
    void afterCommitWorkRunsAfterACommitOnly() throws SQLException {
        try (var runtime = start(folder)) {
            var notes = runtime.get(Notes.class);
            var told = new ArrayList<String>();
            notes.addThen(1, "short", () -> told.add("first"));
            assertThatThrownBy(() -> notes.addThen(2, "longer than its column", () -> told.add("second")))
                    .isInstanceOf(Exception.class);
            assertThat(told).containsExactly("first");
        }
    }

    @Test
    void anEntityManagerLivesAsLongAsItsTransaction() throws SQLException {
        try (var runtime = start(folder)) {
            var notes = runtime.get(Notes.class);
            notes.add(1, "one");
            var twice = notes.findTwice(1);
            assertThat(twice.getFirst()).isSameAs(twice.getLast());
            assertThat(notes.delegate()).isNotSameAs(notes.delegate());
        }
    }

    @Test
    void anEntityManagerRefusesToWorkOutsideATransaction() throws SQLException {
        try (var runtime = start(folder)) {
            assertThatThrownBy(() -> runtime.get(Notes.class).addOutsideATransaction(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("outside a transaction");
        }
    }

    @Test
    void closingReleasesTheDatabaseFile() throws Exception {
        try (var runtime = start(folder)) {
            runtime.get(Notes.class).add(1, "one");
        }
        try (var file = FileChannel.open(
                        folder.resolve("database/merpati.mv.db"), StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = file.tryLock()) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void eightThreadsInsertBesideOneAnother() throws Exception {
        try (var runtime = start(folder);
                var threads = Executors.newFixedThreadPool(8)) {
            var notes = runtime.get(Notes.class);
            var running = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 8; thread++) {
                long from = thread * 1000L;
                running.add(threads.submit(() -> {
                    for (long i = 0; i < 200; i++) {
                        notes.add(from + i, "x");
                    }
                }));
            }
            for (var thread : running) {
                thread.get();
            }
            assertThat(notes.count()).isEqualTo(1600);
        }
    }

    /** What H2 stores by itself may be half of a transaction, which nobody can undo on a disk that became read-only. */
    @Test
    void h2StoresNothingByItselfWhileConnectionsAreOpened() throws Exception {
        try (var runtime = start(folder);
                var threads = Executors.newSingleThreadExecutor()) {
            var store = store(runtime);
            var opening = threads.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    runtime.flushConnections();
                    runtime.get(Notes.class).count();
                }
            });
            while (!opening.isDone()) {
                assertThat(store.getAutoCommitDelay()).isNegative();
            }
            opening.get();
        }
    }

    private static MVStore store(EmbeddedRuntime runtime) throws SQLException {
        try (var connection = runtime.get(DataSource.class).getConnection()) {
            var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            return session.getDatabase().getStore().getMvStore();
        }
    }

    @Test
    void twoRuntimesKeepTheirDataApart() throws SQLException {
        try (var two = start(folder.resolve("two"))) {
            try (var one = start(folder.resolve("one"))) {
                one.get(Notes.class).add(1, "one");
                assertThat(two.get(Notes.class).count()).isZero();
            }
            two.get(Notes.class).add(1, "two");
            assertThat(two.get(Notes.class).count()).isEqualTo(1);
        }
    }

    @Test
    void anObjectHandedInIsTheBeanItself() throws SQLException {
        try (var runtime = start(folder)) {
            assertThat(runtime.get(Thing.class)).isEqualTo(new Thing("handed in"));
            assertThat(runtime.get(TransactionManager.class)).isNotNull();
            assertThat(runtime.get(TransactionSynchronizationRegistry.class)).isNotNull();
            assertThatThrownBy(() -> runtime.get(Runnable.class)).hasMessageContaining("no bean of type");
        }
    }

    @Test
    void aVolatileDatabaseIsRefusedUnlessAccepted() {
        var builder = EmbeddedRuntime.builder()
                .database("jdbc:h2:mem:forgetful", "sa", "")
                .persistenceUnit("runtime-test");
        assertThatThrownBy(builder::start).hasMessageContaining("store.volatile=true");
        try (var runtime = builder.acceptVolatile(true).start()) {
            assertThat(runtime.get(DataSource.class)).isNotNull();
        }
    }

    @RepeatedTest(5) // it was a race
    void thePoolRecoversWhenTheDatabaseWasClosedUnderneath() throws SQLException {
        try (var runtime = start(folder)) {
            var notes = runtime.get(Notes.class);
            notes.add(1, "before");
            var pool = runtime.get(DataSource.class);
            var held = List.of(pool.getConnection(), pool.getConnection(), pool.getConnection());
            for (var connection : held) {
                connection.close();
            }
            var lent = pool.getConnection();
            sql(runtime, "shutdown immediately"); // what H2 does to itself when a write fails
            assertThatThrownBy(() -> lent.prepareStatement("select 1").execute())
                    .isInstanceOf(SQLException.class);
            lent.close();
            notes.add(2, "after"); // the dead ones are not lent again
            runtime.get(ConnectionReset.class).reset();
            notes.add(3, "reset");
            assertThat(notes.count()).isEqualTo(3);
        }
    }
}
