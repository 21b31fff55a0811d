package org.merpati.core.api.blob;

import java.io.IOException;

/** The disk is full, or takes no writes: mail is answered 452, APPEND with NO; reading goes on. */
public final class NoSpaceException extends IOException {
    public NoSpaceException(String message) {
        super(message);
    }

    public NoSpaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
