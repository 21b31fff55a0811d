package org.merpati.core.imap;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.merpati.core.store.index.MailboxIndex;

/**
 * The uids of a mailbox as a session's client knows it, ascending; a message's sequence number is its index and one. Nothing but
 * a view of the index, which all sessions share.
 */
record UidList(MailboxIndex index) {
    int size() {
        return index.size();
    }

    /** The uid at this index, from 0. */
    long get(int place) {
        return index.uid(place);
    }

    /** 0 when there is none. */
    long last() {
        return size() == 0 ? 0 : get(size() - 1);
    }

    /** The index of the first uid from this one up; {@link #size()} when there is none. */
    int ceiling(long uid) {
        int place = index.find(uid);
        return place < 0 ? ~place : place;
    }

    /** The index of this uid, or -1. */
    int indexOf(long uid) {
        return Math.max(-1, index.find(uid));
    }

    LongStream stream() {
        return IntStream.range(0, size()).mapToLong(this::get);
    }
}
