package org.merpati.core.api.door;

/** Why a unit failed, classified by its root cause: the outer exception differs from container to container. */
public enum FailureKind {
    /** Rolled back for certain (a deadlock, a lock time-out, a failed flush), also after the door's own repeats. */
    ROLLED_BACK,
    /** The commit was sent and its answer never came: what the unit wrote may or may not be there. */
    UNKNOWN_OUTCOME,
    /**
     * The database or the disk takes no writes: full, read-only, or failing. Nothing was stored, or all of the unit where the
     * commit met it.
     */
    NO_SPACE,
    /** The database can't be reached. Nothing was stored. */
    NO_CONNECTION,
    /** No instance was free in time, or the server is starting or stopping. Nothing was run. */
    UNAVAILABLE,
    /** A programming error; its stack is in the log. Nothing was stored. */
    BUG
}
