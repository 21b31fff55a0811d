package org.merpati.lib.jmap;

/** One object of a {@code /set} is refused. */
public final class SetException extends Exception {
    private final transient SetError error;

    public SetException(SetError error) {
        super(error.type() + " " + error.description(), null, false, false);
        this.error = error;
    }

    public SetError error() {
        return error;
    }
}
