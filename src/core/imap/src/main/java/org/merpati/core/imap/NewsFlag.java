package org.merpati.core.imap;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.merpati.core.api.session.Connection;

/**
 * Says that the account has changed since the session last looked, and wakes a session that idles.
 *
 * <p>No change is lost between looking and idling: {@link #raise} sets the flag before it looks whether the session idles,
 * and a session says that it idles before it looks at the flag. So one of the two sees the other.
 */
final class NewsFlag {
    private static final Logger LOG = System.getLogger(NewsFlag.class.getName());

    private final Connection connection;
    private final Runnable task;
    private final AtomicBoolean changed = new AtomicBoolean();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean idling;

    /** @param task run on a thread of the network's, at most one waiting at a time; it calls {@link #begun} first */
    NewsFlag(Connection connection, Runnable task) {
        this.connection = connection;
        this.task = task;
    }

    /** Called on the thread that committed: returns at once and never throws. */
    void raise() {
        changed.set(true);
        if (idling && scheduled.compareAndSet(false, true)) {
            try {
                connection.execute(task);
            } catch (RuntimeException e) {
                scheduled.set(false);
                LOG.log(Level.WARNING, connection.id() + " can't be told of new mail now", e);
            }
        }
    }

    /** A change from now on schedules the task again. */
    void begun() {
        scheduled.set(false);
    }

    /** Whether something has changed; asking lowers the flag. */
    boolean take() {
        return changed.getAndSet(false);
    }

    /** Whether something has changed; asking leaves the flag as it is. */
    boolean raised() {
        return changed.get();
    }

    /** There still is something to tell. */
    void putBack() {
        changed.set(true);
    }

    void idling(boolean now) {
        idling = now;
    }

    boolean idling() {
        return idling;
    }
}
