package org.merpati.lib.imap;

import java.io.IOException;

/** Decides about literals before a client sends them. */
public interface LiteralPolicy {
    /** What is to become of this literal. Nothing of it has been read, and a client that waits has not been asked for it. */
    LiteralChoice decide(Announced literal) throws IOException;

    /** Asks the client to send it: writes a continuation request and flushes it. */
    void invite() throws IOException;
}
