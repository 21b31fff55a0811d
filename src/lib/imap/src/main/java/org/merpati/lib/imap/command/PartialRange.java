package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/**
 * A window on a result in order: from 1 up, or, with negative numbers, -1 being the last one (RFC 9394 §3.4,
 * partial-range).
 *
 * @param first the end nearer to where it counts from
 */
public record PartialRange(long first, long last) {
    static PartialRange parse(CommandReader in) {
        boolean fromTheEnd = in.accept('-');
        long one = in.nzNumber();
        in.expect(':');
        if (fromTheEnd) {
            in.expect('-');
        }
        long other = in.nzNumber();
        int sign = fromTheEnd ? -1 : 1;
        return new PartialRange(sign * Math.min(one, other), sign * Math.max(one, other));
    }

    /** Of so many results the first one in the window, from 0. */
    public int from(int size) {
        return (int) (first > 0 ? Math.min(first - 1, size) : Math.max(0, size + last));
    }

    /** Of so many results the one behind the window; never before {@link #from}. */
    public int to(int size) {
        return Math.max(from(size), (int) (first > 0 ? Math.min(last, size) : Math.max(0, size + first + 1)));
    }

    @Override
    public String toString() {
        return first + ":" + last;
    }
}
