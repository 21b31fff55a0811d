package org.merpati.launch.runtime.h2;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets one transaction at a time change the database, until what it has committed is on its way to the disk.
 *
 * <p>H2 makes a commit of all tables as they stand, but takes them one after the other, without keeping others from changing
 * them meanwhile: what it writes may hold half of another's transaction without the means to undo it (docs/adr/0009).
 */
final class Turn {
    private static final int SECONDS = 10; // as long as H2 waits for a row

    private final Semaphore free = new Semaphore(1, true);
    private volatile Holder holder = Holder.NOBODY;

    /** Who has it: a transaction, that is, a connection on a thread. */
    record Holder(Object connection, Thread thread, boolean committing) {
        static final Holder NOBODY = new Holder("nobody", new Thread("nobody"), false);
    }

    /** Waits for it; at once when the thread has it for another connection, whose transaction waits for this one. */
    void take(Object connection) throws SQLException {
        var now = holder;
        if (now.connection().equals(connection) || isOfThisThread()) {
            return;
        }
        if (!await()) {
            throw new SQLTransientException("another transaction changes the database for too long", "HYT00", 50200);
        }
        holder = new Holder(connection, Thread.currentThread(), false);
    }

    /** The connection begins to commit: with the first write to the file the next one may begin. */
    void committing(Object connection) {
        var now = holder;
        if (now.connection().equals(connection)) {
            holder = new Holder(connection, Thread.currentThread(), true);
        }
    }

    /** This thread writes to the file: if it commits, its tables are taken. */
    void writing() {
        var now = holder;
        if (now.committing() && now.thread().equals(Thread.currentThread())) {
            giveBack(now.connection());
        }
    }

    /** Nothing happens when the connection does not have it. */
    void giveBack(Object connection) {
        if (holder.connection().equals(connection)) {
            holder = Holder.NOBODY;
            free.release();
        }
    }

    /** As {@link #take}, however long it takes. */
    void takeAtLast(Object connection) {
        if (!isOfThisThread()) {
            free.acquireUninterruptibly();
            holder = new Holder(connection, Thread.currentThread(), false);
        }
    }

    boolean isOf(Object connection) {
        return holder.connection().equals(connection);
    }

    boolean isOfThisThread() {
        return holder.thread().equals(Thread.currentThread());
    }

    /** Who comes while nobody has it takes it before those who wait: they are still to wake up, and it would lie idle. */
    private boolean await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return free.tryAcquire() || free.tryAcquire(SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
