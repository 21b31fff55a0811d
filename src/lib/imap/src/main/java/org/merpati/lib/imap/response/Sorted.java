package org.merpati.lib.imap.response;

import java.util.OptionalLong;
import java.util.stream.LongStream;

/** {@code * SORT} with sequence numbers or uids in their order (RFC 5256 §4). */
public final class Sorted implements SearchResponse {
    private final long[] numbers;
    private final OptionalLong modSeq;

    /**
     * Takes the array as its own.
     *
     * @param modSeq the greatest of these messages, if it is to be told (RFC 7162 §3.1.6)
     */
    public Sorted(long[] numbers, OptionalLong modSeq) {
        this.numbers = numbers;
        this.modSeq = modSeq;
    }

    public LongStream numbers() {
        return LongStream.of(numbers);
    }

    public OptionalLong modSeq() {
        return modSeq;
    }
}
