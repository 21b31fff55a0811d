package org.merpati.adapter.jca;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.Platform;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;

/**
 * One activated endpoint: waits on a thread of its own until the door answers (the application is started and its database
 * ready), then opens the listeners; a port that is taken is tried again until it is free.
 */
final class Activation implements Closeable {
    /** Opens the listeners. */
    interface Opening {
        Closeable open(Platform platform, Door door) throws IOException;
    }

    private static final Logger LOG = System.getLogger(Activation.class.getName());
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 5_000;
    private static final long STOP_SECONDS = 30;

    private final String name;
    private final Door door;
    private final Opening opening;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread starter;
    private @Nullable Closeable listeners;

    Activation(String name, Door door, Opening opening) {
        this.name = name;
        this.door = door;
        this.opening = opening;
        this.starter = new Thread(this::openWhenReady, "merpati-" + name + "-start");
        starter.setDaemon(true);
    }

    void start() {
        starter.start();
    }

    private void openWhenReady() {
        for (long pause = FIRST_PAUSE; !isClosed(); pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            if (door.call(services -> services.get(Platform.class)) instanceof Outcome.Done<Platform>(var platform)
                    && opened(platform)) {
                return;
            }
            pause(pause);
        }
    }

    private boolean opened(Platform platform) {
        lock.lock();
        try {
            if (!isClosed()) {
                listeners = opening.open(platform, door);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, name + " does not listen yet: " + e.getMessage());
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause(long milliseconds) {
        try {
            closed.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    /** Closes the listeners and waits, bounded, for their connections; never throws. May be called again. */
    @Override
    public void close() {
        closed.countDown();
        try {
            starter.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            if (listeners != null) {
                listeners.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, name + " did not close cleanly", e);
        } finally {
            listeners = null;
            lock.unlock();
        }
    }
}
