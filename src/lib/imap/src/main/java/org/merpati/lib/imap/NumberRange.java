package org.merpati.lib.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One part of a sequence-set (RFC 3501 §9, seq-range): from 1 to 4,294,967,295, the ends in either order as the client
 * wrote them.
 */
public record NumberRange(long first, long last) {
    /** {@code *}: the largest number in use. */
    public static final long STAR = 0;

    /** The lower end when {@code *} stands for {@code largest}. */
    public long low(long largest) {
        return Math.min(resolve(first, largest), resolve(last, largest));
    }

    /** The upper end when {@code *} stands for {@code largest}. */
    public long high(long largest) {
        return Math.max(resolve(first, largest), resolve(last, largest));
    }

    /** Whether {@code *} is one of its ends. */
    public boolean open() {
        return first == STAR || last == STAR;
    }

    private static long resolve(long number, long largest) {
        return number == STAR ? largest : number;
    }

    /** Numbers as ranges, in their order: neighbours that follow one another become one. */
    public static List<NumberRange> of(LongStream numbers) {
        var ranges = new ArrayList<NumberRange>();
        for (var number = numbers.iterator(); number.hasNext(); ) {
            long next = number.nextLong();
            if (!ranges.isEmpty() && ranges.getLast().last == next - 1) {
                ranges.add(new NumberRange(ranges.removeLast().first, next));
            } else {
                ranges.add(new NumberRange(next, next));
            }
        }
        return ranges;
    }

    /** A sequence-set. */
    public static String text(List<NumberRange> ranges) {
        return ranges.stream().map(NumberRange::toString).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return first == last ? text(first) : text(first) + ":" + text(last);
    }

    private static String text(long number) {
        return number == STAR ? "*" : Long.toString(number);
    }
}
