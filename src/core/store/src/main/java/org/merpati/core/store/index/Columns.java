package org.merpati.core.store.index;

import java.util.Arrays;

/** Messages in the order of their uids, a column each, while they are put together for {@link Chunk}s. */
final class Columns {
    private final KeywordSets keywords;
    private final int[] uids;
    private final int[] sizes;
    private final int[] flags;
    private final long[] emails;
    private final long[] modSeqs;
    private final long[] threads;
    private final long[] received;
    private int size;

    /** @param most how many there may be */
    Columns(int most, KeywordSets keywords) {
        this.keywords = keywords;
        uids = new int[most];
        sizes = new int[most];
        flags = new int[most];
        emails = new long[most];
        modSeqs = new long[most];
        threads = new long[most];
        received = new long[most];
    }

    int size() {
        return size;
    }

    /** Puts the chunk's messages at these places behind the others. */
    void add(Chunk chunk, int from, int to) {
        int count = to - from;
        System.arraycopy(chunk.uids, from, uids, size, count);
        System.arraycopy(chunk.sizes, from, sizes, size, count);
        System.arraycopy(chunk.flags, from, flags, size, count);
        System.arraycopy(chunk.emails, from, emails, size, count);
        System.arraycopy(chunk.modSeqs, from, modSeqs, size, count);
        System.arraycopy(chunk.threads, from, threads, size, count);
        System.arraycopy(chunk.received, from, received, size, count);
        size += count;
    }

    /** Puts a message behind the others. */
    void add(IndexRow row) {
        uids[size] = (int) row.uid();
        sizes[size] = (int) Math.min(row.size(), Integer.MAX_VALUE);
        flags[size] = keywords.number(row.keywords()) << 1 | (row.deleted() ? 1 : 0);
        emails[size] = row.email();
        modSeqs[size] = row.modSeq();
        threads[size] = row.thread();
        received[size] = row.received();
        size++;
    }

    Chunk chunk(int from, int to) {
        return new Chunk(
                Arrays.copyOfRange(uids, from, to),
                Arrays.copyOfRange(sizes, from, to),
                Arrays.copyOfRange(flags, from, to),
                Arrays.copyOfRange(emails, from, to),
                Arrays.copyOfRange(modSeqs, from, to),
                Arrays.copyOfRange(threads, from, to),
                Arrays.copyOfRange(received, from, to),
                keywords);
    }
}
