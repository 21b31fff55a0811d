package org.merpati.core.api.door;

/**
 * One store operation, run inside the door on the caller's thread.
 *
 * <p>It may be run more than once: the door repeats it after a rollback that is known and harmless (a deadlock, a lock
 * time-out), so it keeps no state between runs. It must not touch sockets or wait for anything but the database.
 */
@FunctionalInterface
public interface Unit<T> {
    T run(Services services);
}
