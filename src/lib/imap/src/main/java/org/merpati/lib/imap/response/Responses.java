package org.merpati.lib.imap.response;

import java.io.IOException;

/** Where responses go, one by one. */
@FunctionalInterface
public interface Responses {
    void send(Response response) throws IOException;

    /** Brings to the client what was sent, before the command is over. */
    default void flush() throws IOException {}
}
