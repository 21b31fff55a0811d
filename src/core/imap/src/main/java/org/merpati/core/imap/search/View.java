package org.merpati.core.imap.search;

import java.util.function.LongPredicate;
import org.merpati.core.store.index.MailboxIndex;

/**
 * A mailbox as one session knows it.
 *
 * @param messages those it knows
 * @param recent which uids are
 * @param saved the uids that {@code $} stands for, ascending
 */
public record View(MailboxIndex messages, LongPredicate recent, SavedUids saved) {
    @FunctionalInterface
    public interface SavedUids {
        /** Not to be changed. */
        long[] uids();
    }

    /** Of a mailbox that is not selected. */
    public static View of(MailboxIndex messages) {
        return new View(messages, uid -> false, () -> new long[0]);
    }

    public int size() {
        return messages.size();
    }

    public long uid(int index) {
        return messages.uid(index);
    }
}
