package org.merpati.lib.jmap;

/** A method call is refused. */
public final class MethodException extends Exception {
    private final transient MethodError error;

    public MethodException(MethodError error) {
        super(error.type() + " " + error.description(), null, false, false);
        this.error = error;
    }

    public MethodError error() {
        return error;
    }
}
