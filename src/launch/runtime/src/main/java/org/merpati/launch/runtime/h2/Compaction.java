package org.merpati.launch.runtime.h2;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps H2's file small while the server runs, as H2 has no thread of its own for that: what is alive in sparse chunks is
 * written anew, in the order of the keys ({@link Sweep}), and the chunks' space used again. In slices of some hundred
 * kilobytes, with pauses in which commits go on; none when what could be written anew is dense, or nothing was written.
 *
 * <p>Chunks are never moved as they are, neither here nor when the database is closed (MAX_COMPACT_TIME): after that H2
 * 2.5.252 once had two of them in one place, and the database could not be opened again (docs/adr/0009).
 */
public final class Compaction implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Compaction.class.getName());
    /**
     * Percent alive in the chunks that could be written anew without what is dead: below it, they are. Those within the
     * retention time don't count, as nothing can be done about them: else old ones would be copied in their stead.
     */
    private static final int DENSE = 70;

    private static final int REWRITE = 512 * 1024;
    /** For what H2 has for itself in the chunks that a sweep has emptied. */
    private static final int OWN = 128 * 1024;
    /** Where a sweep finds nothing: H2 leaves out chunks that hold more than that. */
    private static final int MOST = 8 << 20;

    private static final long WORTH_IT = 8L << 20;
    private static final int BUSY_MILLIS = 20;
    /**
     * What is written anew waits for the retention time in two places, 5 s each: so much of it a second, at most, that this is a
     * third of the file.
     */
    private static final int SECONDS_A_FILE = 30;

    private static final long SLOWEST = 4 << 20;
    /** Nobody commits while a slice is put together: slices, with their writing, have one part in so many of the time. */
    private static final int PARTS = 10;
    /** The same when less is alive than {@link #SPARSE}, or the file would outgrow what is written anew. */
    private static final int PARTS_WHEN_SPARSE = 4;
    /** Percent, as with {@link #DENSE}. */
    private static final int SPARSE = 45;

    private static final int IDLE_MILLIS = 1_000;

    private final Turn turn;
    private final String url;
    private final Properties login = new Properties();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private long seenWrites = -1;
    private @Nullable Sweep sweep;
    private int pauseMillis = BUSY_MILLIS;
    private int parts = PARTS;
    private int heldMillis;

    private Compaction(String url, String user, String password) {
        this.turn = DurableDriver.mountOf(url).turn();
        this.url = url;
        login.setProperty("user", user);
        login.setProperty("password", password);
        this.thread =
                Thread.ofPlatform().name("merpati-compaction").daemon(true).unstarted(this::run);
    }

    public static Compaction start(String url, String user, String password) {
        var compaction = new Compaction(url, user, password);
        compaction.thread.start();
        return compaction;
    }

    /** Returns when the slice at work is done. */
    @Override
    public void close() {
        stopping.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (pause(IDLE_MILLIS)) {
            try (var connection = new DurableDriver().connect(url, login)) {
                var own = Objects.requireNonNull(connection).unwrap(JdbcConnection.class);
                boolean more = true;
                sweep = null;
                while (more) {
                    more = slice(own) && pause(Math.max(Math.max(BUSY_MILLIS, pauseMillis), heldMillis * (parts - 1)));
                }
            } catch (SQLException | RuntimeException e) {
                // closed by a failed write, or on its way down: others say so
                LOG.log(Level.DEBUG, "no compaction now: " + e);
            }
        }
    }

    /** False when it is to end. */
    private boolean pause(int millis) {
        try {
            return !stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nobody may stop this thread but close()
        }
    }

    /** Whether there is more to do at once. */
    private boolean slice(JdbcConnection connection) throws SQLException {
        var session = connection.getSession();
        if (!(session instanceof SessionLocal local)) {
            return false;
        }
        var store = local.getDatabase().getStore().getMvStore();
        if (!(store.getFileStore() instanceof RandomAccessStore file)
                || file.size() < WORTH_IT
                || file.getWriteCount() == seenWrites) {
            return false;
        }
        boolean more;
        turn.take(connection);
        long taken = System.nanoTime();
        try {
            more = rewrite(connection, store, file);
            if (!more) {
                file.compactMoveChunks(100, 0, store); // moves nothing, and gives free what is dead for long enough
            }
        } finally {
            turn.giveBack(connection);
            heldMillis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - taken);
        }
        // at rest too there is something to do as long as chunks are kept because they are young
        if (!more && file.getChunksFillRate() >= DENSE) {
            seenWrites = file.getWriteCount();
        }
        return more;
    }

    /** Whether the next slice may find more; then the turn may have been given back. */
    private boolean rewrite(JdbcConnection connection, MVStore store, RandomAccessStore file) {
        if (sweep == null) {
            int alive = aliveInRewritable(file);
            if (alive >= DENSE) {
                return false;
            }
            parts = alive < SPARSE ? PARTS_WHEN_SPARSE : PARTS;
            sweep = Sweep.of(store, file, InstantSource.system()).orElse(null);
            if (sweep == null) {
                return false;
            }
        }
        boolean more = sweep.slice(REWRITE);
        if (!more) {
            // what was swept is the sparsest there is now
            more = store.compact(100, sweep.hasWritten() ? OWN : MOST) || sweep.hasWritten();
            sweep = null;
        }
        if (more) {
            turn.committing(connection); // from the first octet that is written the next transaction works
        }
        store.commit();
        pauseMillis = (int) (1_000L * REWRITE / Math.max(SLOWEST, file.size() / SECONDS_A_FILE));
        return more;
    }

    private static int aliveInRewritable(RandomAccessStore file) {
        var percent = new AtomicInteger(100);
        file.populateInfo((name, value) -> {
            if (name.equals("info.CHUNKS_FILL_RATE_RW")) {
                percent.set(Integer.parseInt(value));
            }
        });
        return percent.get();
    }
}
