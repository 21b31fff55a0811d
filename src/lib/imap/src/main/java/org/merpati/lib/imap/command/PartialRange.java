package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/**
 * A window on results, counted from the first one or from the last (RFC 9394 §3.1, partial-range).
 *
 * @param first counted from 1; not greater than last
 */
public record PartialRange(boolean fromEnd, long first, long last) {
    /** {@code 1:500} or {@code -1:-100}; the ends in either order. */
    public static PartialRange parse(CommandReader in) {
        boolean fromEnd = in.accept('-');
        long one = in.nzNumber();
        in.expect(':');
        if (fromEnd) {
            in.expect('-');
        }
        long other = in.nzNumber();
        return new PartialRange(fromEnd, Math.min(one, other), Math.max(one, other));
    }

    /** The index of the first result in the window, of so many; those up to {@link #end} belong to it. */
    public int start(int results) {
        return (int) (fromEnd ? Math.max(0, results - last) : Math.min(first - 1, results));
    }

    /** The index after the last result in the window, never less than {@link #start}. */
    public int end(int results) {
        return (int) (fromEnd ? Math.max(0, results - first + 1) : Math.min(last, results));
    }

    @Override
    public String toString() {
        return fromEnd ? "-" + first + ":-" + last : first + ":" + last;
    }
}
