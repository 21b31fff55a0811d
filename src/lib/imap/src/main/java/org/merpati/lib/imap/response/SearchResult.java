package org.merpati.lib.imap.response;

import java.util.stream.LongStream;

/** {@code * SEARCH} with sequence numbers or uids (RFC 3501 §7.2.5). */
public final class SearchResult implements SearchResponse {
    private final long[] numbers;

    /** Takes the array as its own. */
    public SearchResult(long[] numbers) {
        this.numbers = numbers;
    }

    public LongStream numbers() {
        return LongStream.of(numbers);
    }
}
