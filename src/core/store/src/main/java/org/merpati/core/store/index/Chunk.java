package org.merpati.core.store.index;

import java.util.Arrays;
import org.merpati.core.api.mail.Keyword;

/** Up to {@link #MOST} messages in the order of their uids, a column each. Never changed once it is made. */
final class Chunk {
    static final int MOST = 512;

    /** Octets of one message's columns. */
    static final int ROW = 3 * Integer.BYTES + 4 * Long.BYTES;

    /** About the octets of the object and its arrays' headers. */
    static final int OVERHEAD = 64 + 7 * 16;

    final int[] uids; // unsigned
    final int[] sizes;
    final int[] flags; // twice the number of the keyword set, and one if \Deleted
    final long[] emails;
    final long[] modSeqs;
    final long[] threads;
    final long[] received;
    private final long earliest;
    private final long latest;
    private final int firstUnseen;

    /** Takes the arrays as its own: nobody changes them any more. */
    Chunk(
            int[] uids,
            int[] sizes,
            int[] flags,
            long[] emails,
            long[] modSeqs,
            long[] threads,
            long[] received,
            KeywordSets keywords) {
        this.uids = uids;
        this.sizes = sizes;
        this.flags = flags;
        this.emails = emails;
        this.modSeqs = modSeqs;
        this.threads = threads;
        this.received = received;
        earliest = Arrays.stream(received).min().orElse(Long.MAX_VALUE);
        latest = Arrays.stream(received).max().orElse(Long.MIN_VALUE);
        firstUnseen = firstUnseen(keywords);
    }

    private int firstUnseen(KeywordSets keywords) {
        int seen = -1; // the number of the last set, as neighbours often have the same
        for (int place = 0; place < flags.length; place++) {
            int number = keywords(place);
            if (number != seen) {
                if (!keywords.set(number).contains(Keyword.SEEN)) {
                    return place;
                }
                seen = number;
            }
        }
        return -1;
    }

    int size() {
        return uids.length;
    }

    long uid(int place) {
        return Integer.toUnsignedLong(uids[place]);
    }

    long email(int place) {
        return emails[place];
    }

    long modSeq(int place) {
        return modSeqs[place];
    }

    long thread(int place) {
        return threads[place];
    }

    long received(int place) {
        return received[place];
    }

    /** The least of what was received. */
    long earliest() {
        return earliest;
    }

    long latest() {
        return latest;
    }

    /** The first place without {@code $seen}, or -1. */
    int firstUnseen() {
        return firstUnseen;
    }

    long size(int place) {
        return sizes[place];
    }

    boolean deleted(int place) {
        return (flags[place] & 1) != 0;
    }

    int keywords(int place) {
        return flags[place] >>> 1;
    }

    long last() {
        return uid(uids.length - 1);
    }

    /** The place of the uid, or less than 0: the complement of the place it would have. */
    int find(long uid) {
        // unsigned order is the signed order of the numbers with their highest bit turned
        int low = 0;
        int high = uids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compareUnsigned(uids[middle], (int) uid);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return ~low;
    }

    IndexRow row(int place, KeywordSets keywords) {
        return new IndexRow(
                uid(place),
                emails[place],
                modSeqs[place],
                deleted(place),
                threads[place],
                received[place],
                sizes[place],
                keywords.set(keywords(place)));
    }
}
