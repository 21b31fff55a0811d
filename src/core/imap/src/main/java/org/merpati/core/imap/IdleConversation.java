package org.merpati.core.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import org.merpati.core.api.session.Connection;

/**
 * Who may write while a client idles (RFC 2177). Between {@link #begin} and {@link #end} the connection's thread only reads;
 * the task that a commit has set off writes, under the lock. {@code end} waits for a task that is writing, and one that
 * comes later finds that the client idles no more.
 */
final class IdleConversation {
    /** Something that writes to the client. */
    @FunctionalInterface
    interface Telling {
        void tell() throws IOException;
    }

    private static final Logger LOG = System.getLogger(IdleConversation.class.getName());

    private final Connection connection;
    private final NewsFlag news;
    private final ReentrantLock lock;

    IdleConversation(Connection connection, NewsFlag news, ReentrantLock lock) {
        this.connection = connection;
        this.news = news;
        this.lock = lock;
    }

    /** The client idles from now on; {@code first} tells what has changed up to now. */
    void begin(Telling first) throws IOException {
        lock.lock();
        try {
            news.idling(true); // before the flag is looked at: a change after this schedules the task
            first.tell();
        } catch (IOException | RuntimeException e) {
            news.idling(false);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever writes meanwhile has to wait. */
    void alone(Telling writing) throws IOException {
        lock.lock();
        try {
            writing.tell();
        } finally {
            lock.unlock();
        }
    }

    /** The client idles no more. */
    void end() {
        lock.lock();
        try {
            news.idling(false);
        } finally {
            lock.unlock();
        }
    }

    /** Runs on another thread than the connection's. */
    void tell(Telling telling) {
        lock.lock();
        try {
            news.begun();
            if (news.idling()) {
                telling.tell();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> connection.id() + " is gone: " + e); // its own thread finds out too
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, connection.id() + " can't be told of new mail", e);
        } finally {
            lock.unlock();
        }
    }
}
