package org.merpati.lib.jmap.json;

/** The bytes are no I-JSON; the message says why and where, and may be shown to whoever sent them. */
public final class JsonSyntaxException extends Exception {
    public JsonSyntaxException(String message) {
        super(message, null, false, false);
    }
}
