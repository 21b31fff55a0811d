package org.merpati.core.api.door;

/** Thrown by {@link Outcome#orThrow()} outside the door, so that a handler words such failures in one place. */
public final class NotDone extends RuntimeException {
    private final FailureKind kind;
    private final String id;

    public NotDone(FailureKind kind, String id) {
        super(kind + (id.isEmpty() ? "" : " " + id), null, false, false);
        this.kind = kind;
        this.id = id;
    }

    public FailureKind kind() {
        return kind;
    }

    /** The failure's number in the server's log; empty when there is none. */
    public String id() {
        return id;
    }
}
