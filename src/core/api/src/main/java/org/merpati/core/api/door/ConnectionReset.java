package org.merpati.core.api.door;

/** Gives up all pooled database connections, so that the next ones are new: H2 closes its store on a failed write. */
public interface ConnectionReset {
    void reset();
}
