package org.merpati.core.imap.search;

import java.io.IOException;

/** Is told how far a search has come. */
@FunctionalInterface
public interface Progress {
    /**
     * Called often; may throw to end the search.
     *
     * @param done how many of the messages that have to be read
     */
    void at(int done, int goal) throws IOException;
}
