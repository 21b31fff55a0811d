package org.merpati.core.imap.search;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** A mailbox as one session knows it: its uids ascending, which of them are recent, what {@code $} stands for. */
public final class View {
    private static final long[] NOTHING = {};

    private final long[] uids;
    private final LongPredicate recent;
    private final long[] saved;

    /** @param uids not to be changed while this is in use */
    public View(long[] uids, LongPredicate recent, long[] saved) {
        this.uids = uids;
        this.recent = recent;
        this.saved = saved;
    }

    /** Of a mailbox that is not selected. */
    public View(long[] uids) {
        this(uids, uid -> false, NOTHING);
    }

    public int size() {
        return uids.length;
    }

    public long uid(int index) {
        return uids[index];
    }

    /** 0 when there is none. */
    long last() {
        return uids.length == 0 ? 0 : uids[uids.length - 1];
    }

    /** The index of the first uid from this one up; {@link #size()} when there is none. */
    int ceiling(long uid) {
        int index = Arrays.binarySearch(uids, uid);
        return index < 0 ? -index - 1 : index;
    }

    boolean recent(long uid) {
        return recent.test(uid);
    }

    long[] saved() {
        return saved;
    }
}
