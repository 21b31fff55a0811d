package org.merpati.lib.jmap;

/** A request is refused as a whole. */
public final class RequestException extends Exception {
    private final transient RequestError error;

    public RequestException(RequestError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    public RequestError error() {
        return error;
    }
}
