package org.merpati.lib.imap.response;

import java.util.OptionalLong;
import java.util.stream.LongStream;

/** {@code * SEARCH} (RFC 3501 §7.2.5) or {@code * SORT} (RFC 5256 §4) with sequence numbers or uids, in their order. */
public final class SearchResult implements SearchResponse {
    private final boolean sorted;
    private final long[] numbers;
    private final OptionalLong modSeq;

    private SearchResult(boolean sorted, long[] numbers, OptionalLong modSeq) {
        this.sorted = sorted;
        this.numbers = numbers;
        this.modSeq = modSeq;
    }

    /**
     * Of SEARCH. Takes the array as its own.
     *
     * @param modSeq the greatest of these messages, if it is to be told (RFC 7162 §3.1.6)
     */
    public static SearchResult found(long[] numbers, OptionalLong modSeq) {
        return new SearchResult(false, numbers, modSeq);
    }

    /** Of SORT; else as {@link #found}. */
    public static SearchResult sorted(long[] numbers, OptionalLong modSeq) {
        return new SearchResult(true, numbers, modSeq);
    }

    /** Whether SORT has found them. */
    public boolean sorted() {
        return sorted;
    }

    public LongStream numbers() {
        return LongStream.of(numbers);
    }

    public OptionalLong modSeq() {
        return modSeq;
    }
}
