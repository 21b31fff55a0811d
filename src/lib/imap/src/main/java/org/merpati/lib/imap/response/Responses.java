package org.merpati.lib.imap.response;

import java.io.IOException;

/** Where responses go, one by one. */
@FunctionalInterface
public interface Responses {
    void send(Response response) throws IOException;
}
