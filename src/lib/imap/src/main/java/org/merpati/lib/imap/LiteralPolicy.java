package org.merpati.lib.imap;

import java.io.IOException;

/** Decides about literals before a client sends them. */
public interface LiteralPolicy {
    /**
     * Whether a literal of this command may come.
     *
     * @param verb the word after the tag, in upper case
     * @param octets of all literals of the command so far, this one included
     */
    boolean accepts(String verb, long octets);

    /** Asks the client to send it: writes a continuation request and flushes it. */
    void invite() throws IOException;
}
