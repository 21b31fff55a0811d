package org.merpati.lib.imap.response;

import java.util.Arrays;

/** Numbers of messages in an order that counts, written as a sequence-set: what ascends by ones becomes a range. */
public final class NumberSet {
    private final long[] numbers;

    /** Takes the array as its own. */
    public NumberSet(long[] numbers) {
        this.numbers = numbers;
    }

    public boolean isEmpty() {
        return numbers.length == 0;
    }

    @Override
    public String toString() {
        var out = new StringBuilder(Math.min(numbers.length, 1000) * 4);
        for (int from = 0; from < numbers.length; ) {
            int to = from + 1;
            while (to < numbers.length && numbers[to] == numbers[to - 1] + 1) {
                to++;
            }
            out.append(from == 0 ? "" : ",").append(numbers[from]);
            if (to - from > 1) {
                out.append(':').append(numbers[to - 1]);
            }
            from = to;
        }
        return out.toString();
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof NumberSet set && Arrays.equals(numbers, set.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }
}
