package org.merpati.launch.runtime.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is alive in sparse chunks is written anew in the order of the keys. */
class SweepTest {
    private static final int KEYS = 10_000;

    @TempDir
    Path folder;

    private MVStore store;
    private MVMap<Integer, String> table;

    @BeforeEach
    void open() {
        store = new MVStore.Builder()
                .fileName(folder.resolve("store").toString())
                .autoCommitDisabled()
                .pageSplitSize(1_000)
                .open();
        store.setVersionsToKeep(0);
        store.setRetentionTime(0);
        table = store.openMap("table.1");
    }

    @AfterEach
    void close() {
        store.closeImmediately();
    }

    private void fill(MVMap<Integer, String> map) {
        for (int key = 0; key < KEYS; key++) {
            map.put(key, "text " + key);
            if (key % 1_000 == 999) {
                store.commit();
            }
        }
    }

    private void churn(int commits) {
        var random = new Random(1);
        for (int i = 0; i < commits; i++) {
            for (int n = 0; n < 5; n++) {
                table.put(random.nextInt(KEYS), "changed in " + i);
            }
            table.remove(random.nextInt(KEYS));
            store.commit();
        }
    }

    private Sweep sweep() {
        return Sweep.of(store, store.getFileStore(), InstantSource.system()).orElseThrow();
    }

    /** All chunks that a page of the tree lies in. */
    private static Set<Integer> chunks(MVMap<Integer, String> map) {
        var chunks = new HashSet<Integer>();
        chunks(map.flushAndGetRoot().root, chunks);
        return chunks;
    }

    private static void chunks(Page<Integer, String> page, Set<Integer> into) {
        into.add(DataUtils.getPageChunkId(page.getPos()));
        for (int i = 0; i < page.getRawChildPageCount(); i++) {
            chunks(page.getChildPage(i), into);
        }
    }

    @Test
    void nothingOfATableIsLeftInSweptChunksAndItIsWhatItWas() {
        fill(table);
        churn(300);
        var before = new TreeMap<>(table);
        var sweep = sweep();
        assertThat(chunks(table)).as("leaves and inner pages lie there").containsAnyElementsOf(sweep.chunks());

        int slices = 1;
        while (sweep.slice(4_000)) {
            store.commit();
            slices++;
        }
        store.commit();

        assertThat(slices).isGreaterThan(10);
        assertThat(chunks(table)).doesNotContainAnyElementsOf(sweep.chunks());
        assertThat(new TreeMap<>(table)).isEqualTo(before);
    }

    @Test
    void whatIsChangedBetweenTwoSlicesStays() {
        fill(table);
        churn(300);
        var expected = new TreeMap<>(table);
        var sweep = sweep();
        var random = new Random(2);
        int slice = 0;
        while (sweep.slice(8_000)) {
            slice++;
            int put = random.nextInt(2 * KEYS);
            table.put(put, "in slice " + slice);
            expected.put(put, "in slice " + slice);
            int removed = random.nextInt(KEYS);
            table.remove(removed);
            expected.remove(removed);
            store.commit();
        }
        store.commit();

        assertThat(chunks(table)).doesNotContainAnyElementsOf(sweep.chunks());
        assertThat(new TreeMap<>(table)).isEqualTo(expected);
    }

    @Test
    void leavesOfManyChunksComeTogetherInFew() {
        fill(table);
        churn(300);
        int before = chunks(table).size();
        for (int round = 0; round < 3; round++) {
            var sweep = sweep();
            while (sweep.slice(100_000)) {
                store.commit();
            }
            store.commit();
        }

        assertThat(chunks(table).size()).isLessThan(before / 5);
    }

    @Test
    void mapsThatAreNeitherTableNorIndexAreLeftToH2() {
        MVMap<Integer, String> own = store.openMap("undoLog.1");
        fill(own);
        fill(table);
        churn(300);
        var before = chunks(own);
        var sweep = sweep();
        while (sweep.slice(100_000)) {
            store.commit();
        }
        store.commit();

        assertThat(chunks(own)).isEqualTo(before);
    }

    @Test
    void denseChunksAreNotSwept() {
        fill(table);
        var dense = chunks(table);
        churn(3);

        assertThat(dense).hasSizeGreaterThan(5);
        assertThat(Sweep.of(store, store.getFileStore(), InstantSource.system())
                        .map(Sweep::chunks)
                        .orElse(Set.of()))
                .doesNotContainAnyElementsOf(dense);
    }

    @Test
    void chunksWithinTheRetentionTimeAreNotSwept() {
        fill(table);
        churn(300);
        store.setRetentionTime(600_000);

        assertThat(Sweep.of(store, store.getFileStore(), InstantSource.system()))
                .isEmpty();
    }

    @Test
    void tablesAndIndexesOfADatabaseAreFoundByTheirNames() throws SQLException {
        var url = "jdbc:h2:" + folder.resolve("mail") + ";RETENTION_TIME=0;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        try (var connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.createStatement()) {
            statement.execute("create table note (id int primary key, text varchar unique)");
            statement.execute("insert into note select x, 'text ' || x from system_range(1, " + KEYS + ")");
            for (int id = 1; id < KEYS; id += 37) {
                statement.execute("update note set text = 'changed ' || id where id = " + id);
            }
            var database = OpenDatabase.storeOf(connection);
            var sweep = Sweep.of(database, database.getFileStore(), InstantSource.system())
                    .orElseThrow();

            assertThat(sweep.slice(10_000)).as("there is more than that").isTrue();
            assertThat(sweep.hasWritten()).isTrue();
        }
    }
}
