package org.merpati.launch.runtime.h2;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes durable what transactions have committed in memory: one of those that wait stores for all of them, with one fsync.
 * It takes the turn for that, so that no transaction is half done when H2 takes its tables; from the first octet that is
 * written the next ones work on, and those are stored together in turn. One for each time that the database is opened.
 */
final class GroupCommit {
    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());
    /** H2 stores nothing by itself, neither at a commit nor from a thread of its own. */
    static final int BY_US_ALONE = -1;

    private final MVStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long committed;
    private long durable;
    private boolean storing;
    private @Nullable Throwable failure;

    GroupCommit(MVStore store) {
        this.store = store;
        store.setAutoCommitDelay(BY_US_ALONE);
    }

    /** What H2 keeps the connection's database in; each opening makes another one. */
    static MVStore storeOf(Connection connection) throws SQLException {
        return session(connection).getDatabase().getStore().getMvStore();
    }

    boolean isOf(MVStore other) {
        return store.equals(other);
    }

    /** A transaction has committed in memory; {@link #await} takes the number. */
    long committed() {
        lock.lock();
        try {
            return ++committed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when the commit of that number is durable. The connection has no turn any more.
     *
     * @throws SQLException when it could not be stored: it is not there when the database is opened again
     */
    void await(Turn turn, Connection connection, long number) throws SQLException {
        if (turn.isOfThisThread()) { // a transaction around this one holds it and waits for us
            store(connection);
        }
        lock.lock();
        try {
            while (durable < number && failure == null) {
                if (storing) {
                    changed.awaitUninterruptibly();
                } else {
                    lead(turn, connection);
                }
            }
            if (durable < number) {
                throw new SQLException("the commit could not be written: " + failure, "90098", 90098, failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead(Turn turn, Connection connection) {
        storing = true;
        lock.unlock();
        try {
            turn.takeAtLast(connection);
            try {
                turn.committing(connection);
                store(connection);
            } finally {
                turn.giveBack(connection);
            }
        } finally {
            lock.lock();
            storing = false;
            changed.signalAll();
        }
    }

    private void store(Connection connection) {
        long all = latest();
        Throwable failed = null;
        try {
            store.commit();
            if (store.isClosed()) {
                failed = new IllegalStateException("the database was closed before");
            }
        } catch (RuntimeException e) {
            failed = e;
            shutDown(connection);
        }
        lock.lock();
        try {
            if (failed == null) {
                durable = Math.max(durable, all);
            } else if (failure == null) {
                failure = failed;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long latest() {
        lock.lock();
        try {
            return committed;
        } finally {
            lock.unlock();
        }
    }

    /** As H2 does when a write of its own fails: the next connection opens the database again. */
    static void shutDown(Connection connection) {
        try {
            session(connection).getDatabase().shutdownImmediately();
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the database after a failed write: " + e);
        }
    }

    static SessionLocal session(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal local) {
            return local;
        }
        throw new SQLException("the database is not in this process", "90098", 90098);
    }
}
