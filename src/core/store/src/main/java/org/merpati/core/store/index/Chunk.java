package org.merpati.core.store.index;

import java.util.Arrays;
import java.util.List;
import org.merpati.core.api.mail.Keyword;

/** Up to {@link #MOST} messages in the order of their uids, a column each. Never changed once it is made. */
final class Chunk {
    static final int MOST = 512;

    /** Octets of one message's columns. */
    static final int ROW = 3 * Integer.BYTES + 4 * Long.BYTES;

    /** About the octets of the object and its arrays' headers. */
    static final int OVERHEAD = 64 + 7 * 16;

    private final int[] uids; // unsigned
    private final int[] sizes;
    private final int[] flags; // twice the number of the keyword set, and one if \Deleted
    private final long[] emails;
    private final long[] modSeqs;
    private final long[] threads;
    private final long[] received;
    private final long earliest;
    private final long latest;
    private final int firstUnseen;

    Chunk(List<IndexRow> rows, KeywordSets keywords) {
        int size = rows.size();
        uids = new int[size];
        sizes = new int[size];
        flags = new int[size];
        emails = new long[size];
        modSeqs = new long[size];
        threads = new long[size];
        received = new long[size];
        for (int i = 0; i < size; i++) {
            var row = rows.get(i);
            uids[i] = (int) row.uid();
            sizes[i] = (int) Math.min(row.size(), Integer.MAX_VALUE);
            flags[i] = keywords.number(row.keywords()) << 1 | (row.deleted() ? 1 : 0);
            emails[i] = row.email();
            modSeqs[i] = row.modSeq();
            threads[i] = row.thread();
            received[i] = row.received();
        }
        earliest = Arrays.stream(received).min().orElse(Long.MAX_VALUE);
        int unseen = -1;
        for (int i = size - 1; i >= 0; i--) {
            if (!rows.get(i).keywords().contains(Keyword.SEEN)) {
                unseen = i;
            }
        }
        firstUnseen = unseen;
        latest = Arrays.stream(received).max().orElse(Long.MIN_VALUE);
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

    List<IndexRow> rows(KeywordSets keywords) {
        var rows = new IndexRow[uids.length];
        Arrays.setAll(rows, place -> row(place, keywords));
        return Arrays.asList(rows);
    }
}
