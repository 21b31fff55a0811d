package org.merpati.core.api.watch;

import java.util.Optional;

/**
 * One listener to one account's changes. It keeps no list: it adds up what changed since it was last asked, and the listener
 * then reads the change log from the modseq it knows.
 */
public interface Watch extends AutoCloseable {
    /**
     * Calls {@code wake} from now on whenever the account changes, at least once if it changed since the watch began. It
     * runs on the thread that committed: it must return at once and only wakes somebody.
     */
    void onChange(Runnable wake);

    /** All that changed since it was last taken; empty when nothing did. */
    Optional<Change> take();

    @Override
    void close();
}
