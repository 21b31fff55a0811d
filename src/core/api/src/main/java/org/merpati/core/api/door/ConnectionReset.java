package org.merpati.core.api.door;

/**
 * Throws the pooled database connections away, so that the next ones are new. Whoever finds that the database was closed
 * (H2 closes its store when a write fails) or can't be reached calls it; it returns at once and is safe for any thread.
 * The embedded home has one; where the container owns the pool there may be none.
 */
@FunctionalInterface
public interface ConnectionReset {
    void reset();
}
