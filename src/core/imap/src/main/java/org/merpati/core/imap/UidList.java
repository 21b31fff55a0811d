package org.merpati.core.imap;

import java.util.Arrays;
import java.util.stream.LongStream;

/** The uids of a mailbox as a session knows it, ascending; a message's sequence number is its index and one. */
final class UidList {
    private long[] uids = new long[16];
    private int size;

    int size() {
        return size;
    }

    /** The uid at this index, from 0. */
    long get(int index) {
        return uids[index];
    }

    /** 0 when there is none. */
    long last() {
        return size == 0 ? 0 : uids[size - 1];
    }

    /** Must be greater than the last. */
    void add(long uid) {
        if (uid <= last()) {
            throw new IllegalArgumentException("uid " + uid + " after " + last());
        }
        if (size == uids.length) {
            uids = Arrays.copyOf(uids, size + (size >> 1));
        }
        uids[size++] = uid;
    }

    /** The index of the first uid from this one up; {@link #size()} when there is none. */
    int ceiling(long uid) {
        int index = Arrays.binarySearch(uids, 0, size, uid);
        return index < 0 ? -index - 1 : index;
    }

    /** The index of this uid, or -1. */
    int indexOf(long uid) {
        int index = ceiling(uid);
        return index < size && uids[index] == uid ? index : -1;
    }

    LongStream stream() {
        return Arrays.stream(uids, 0, size);
    }
}
