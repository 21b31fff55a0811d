package org.merpati.core.api.watch;

/**
 * One listener to one account's changes. It keeps no list: it says only that something changed since it was last asked,
 * and the listener then reads the change log from the modseq it knows.
 */
public interface Watch extends AutoCloseable {
    /**
     * Calls {@code wake} from now on whenever the account changes, at least once if it changed since the watch began. It
     * runs on the thread that committed: it must return at once and only wakes somebody.
     */
    void onChange(Runnable wake);

    @Override
    void close();
}
