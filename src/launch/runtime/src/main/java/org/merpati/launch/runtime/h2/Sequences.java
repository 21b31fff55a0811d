package org.merpati.launch.runtime.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The statements that have taken numbers from a sequence since the last store. Others than the transaction that took them may
 * use those numbers, even when it comes to nothing: so they are in the next record whoever it is of, and done again when the
 * database is opened again in this process. To take numbers twice does no harm.
 */
final class Sequences {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> taken = new ArrayList<>();
    private int added; // of them, to a record
    private int addedBefore;

    void take(String sql) {
        lock.lock();
        try {
            taken.add(sql);
        } finally {
            lock.unlock();
        }
    }

    /** Those that no record has yet. */
    void addTo(Changes changes) {
        lock.lock();
        try {
            addedBefore = added;
            for (; added < taken.size(); added++) {
                changes.add(taken.get(added), List.of(), Changes.ANY);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The record came to nothing. */
    void notAdded() {
        lock.lock();
        try {
            added = addedBefore;
        } finally {
            lock.unlock();
        }
    }

    /** How many there are; {@link #stored} takes the number. */
    int mark() {
        lock.lock();
        try {
            return taken.size();
        } finally {
            lock.unlock();
        }
    }

    /** The database's file has the first ones. */
    void stored(int count) {
        lock.lock();
        try {
            int gone = Math.min(count, taken.size());
            taken.subList(0, gone).clear();
            added = Math.max(0, added - gone);
            addedBefore = Math.max(0, addedBefore - gone);
        } finally {
            lock.unlock();
        }
    }

    void runAgain(Connection connection) throws SQLException {
        lock.lock();
        try (var statement = connection.createStatement()) {
            for (var sql : taken) {
                statement.execute(sql);
            }
            added = 0;
        } finally {
            lock.unlock();
        }
    }
}
