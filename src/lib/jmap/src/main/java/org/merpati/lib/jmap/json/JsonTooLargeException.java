package org.merpati.lib.jmap.json;

import java.io.IOException;

/** The body is larger, or has more values, than its reader takes. The rest of it was not read. */
public final class JsonTooLargeException extends IOException {
    public JsonTooLargeException(String message) {
        super(message);
    }
}
