package org.merpati.core.api.watch;

import org.merpati.core.api.mail.AccountId;

/**
 * Who waits for changes of which account. Safe for use by any number of threads; a plain object, usable outside the door.
 * What carries changes between nodes calls {@link #changed} for those of others, and stands around it for our own.
 */
public interface Watchers {
    /** Begins to watch; the caller closes the watch. */
    Watch watch(AccountId account);

    /** Tells every watch of the account; called after the commit, never waits. */
    void changed(Change change);
}
