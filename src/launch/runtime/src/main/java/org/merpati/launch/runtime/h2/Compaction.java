package org.merpati.launch.runtime.h2;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;

/**
 * Keeps H2's file small while the server runs: with WRITE_DELAY=0 H2 has no thread of its own for that. Slices of a few
 * hundred kilobytes, with pauses in which commits go on; none when the file is dense or nothing was written.
 */
public final class Compaction implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Compaction.class.getName());
    /** Percent alive in what is written: below it, old chunks are written anew without what is dead. */
    private static final int DENSE_CHUNKS = 60;
    /** Percent of the file that is in use: below it, chunks at its end move into gaps further ahead. */
    private static final int DENSE_FILE = 75;

    private static final int REWRITE = 512 * 1024;
    private static final int MOVE = 256 * 1024;
    private static final long WORTH_IT = 8L << 20;
    private static final int BUSY_MILLIS = 20;
    private static final int IDLE_MILLIS = 1_000;

    private final Turn turn;
    private final String url;
    private final Properties login = new Properties();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private long seenWrites = -1;

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
        boolean more = false;
        while (pause(more ? BUSY_MILLIS : IDLE_MILLIS)) {
            try (var connection = new DurableDriver().connect(url, login)) {
                more = connection != null && slice(connection.unwrap(JdbcConnection.class));
            } catch (SQLException | RuntimeException e) {
                more = false; // closed by a failed write, or on its way down: others say so
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
        boolean rewritten;
        boolean moved;
        turn.take(connection);
        try {
            rewritten = rewrite(store, file);
            moved = move(store, file);
        } finally {
            turn.giveBack(connection);
        }
        boolean more = rewritten || moved;
        if (!more) {
            seenWrites = file.getWriteCount();
        }
        return more;
    }

    private static boolean rewrite(MVStore store, RandomAccessStore file) {
        if (file.getChunksFillRate() >= DENSE_CHUNKS || !store.compact(DENSE_CHUNKS, REWRITE)) {
            return false;
        }
        store.commit();
        return true;
    }

    private static boolean move(MVStore store, RandomAccessStore file) {
        if (file.getFillRate() >= DENSE_FILE) {
            return false;
        }
        long before = file.size();
        file.compactMoveChunks(DENSE_FILE, MOVE, store);
        return file.size() < before;
    }
}
