package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.merpati.core.imap.search.Finder;
import org.merpati.core.imap.search.Progress;
import org.merpati.core.imap.search.Sorter;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.Sort.Criterion;
import org.merpati.lib.imap.response.ExtendedResult.Placed;

/**
 * The results of SORT in their order, by uid (RFC 5267 §4.3.2). What mail is sorted by never changes, so that those that stay
 * results stay in their order, and a new one finds its place by comparing it with as few as a search by halves looks at.
 */
final class ResultOrder {
    /** More results than that are not kept in order: each costs eight octets. */
    static final int MOST = 100_000;

    /** Beyond so many comparisons for each of the results it is cheaper to sort them anew. */
    private static final int COMPARISONS = 20;

    private static final Progress SILENT = (done, goal) -> {};

    private final List<Criterion> criteria;
    private long[] uids;

    ResultOrder(List<Criterion> criteria, long[] uids) {
        this.criteria = List.copyOf(criteria);
        this.uids = uids.clone();
    }

    int size() {
        return uids.length;
    }

    /**
     * Takes results away.
     *
     * @param gone ascending; those that are no results do not matter
     * @param number what a uid is told as
     * @return where they stood: the last first, as each is taken away before the next
     */
    List<Placed> remove(long[] gone, LongUnaryOperator number) {
        var told = new ArrayList<Placed>();
        var left = new long[uids.length];
        int to = left.length;
        for (int at = uids.length; at > 0; ) {
            int end = at;
            while (at > 0 && Arrays.binarySearch(gone, uids[at - 1]) >= 0) {
                at--;
            }
            if (at < end) {
                told.add(placed(uids, at, end, number));
            } else {
                left[--to] = uids[--at];
            }
        }
        uids = Arrays.copyOfRange(left, to, left.length);
        return told;
    }

    /**
     * Puts more results where they belong; those that are gone already are left out.
     *
     * @param added places in the view
     * @return where they stand: the first first, as each is put there before the next
     */
    List<Placed> add(Finder finder, BitSet added, LongUnaryOperator number) throws IOException {
        var view = finder.view().messages();
        var sorter = new Sorter(finder);
        var fresh = sorter.sort(added, criteria, SILENT);
        int halves = Integer.SIZE - Integer.numberOfLeadingZeros(uids.length);
        var before = (long) fresh.length * halves > (long) COMPARISONS * uids.length
                ? sorted(sorter, view, fresh)
                : searched(sorter, view, fresh);
        var told = new ArrayList<Placed>();
        var merged = new long[uids.length + fresh.length];
        int from = 0;
        int at = 0;
        for (int i = 0; i < fresh.length; ) {
            int here = before[i];
            System.arraycopy(uids, from, merged, at, here - from);
            at += here - from;
            from = here;
            int start = at;
            while (i < fresh.length && before[i] == here) {
                merged[at++] = view.uid(fresh[i++]);
            }
            told.add(placed(merged, start, at, number));
        }
        System.arraycopy(uids, from, merged, at, uids.length - from);
        uids = merged;
        return told;
    }

    /** Of each of the fresh ones, which are sorted, the result that it comes before. */
    private int[] searched(Sorter sorter, MailboxIndex view, int[] fresh) throws IOException {
        var before = new int[fresh.length];
        int low = 0;
        for (int i = 0; i < fresh.length; i++) {
            int high = uids.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                int other = middle;
                var order = new int[0];
                while (other < high && order.length < 2) {
                    order = pair(sorter, fresh[i], view.find(uids[other++]));
                }
                if (order.length < 2 || order[0] == fresh[i]) {
                    high = middle;
                } else {
                    low = other;
                }
            }
            before[i] = low;
        }
        return before;
    }

    /** Two messages in their order; fewer where one is gone. */
    private int[] pair(Sorter sorter, int one, int other) throws IOException {
        if (other < 0) {
            return new int[0];
        }
        var both = new BitSet();
        both.set(one);
        both.set(other);
        return sorter.sort(both, criteria, SILENT);
    }

    /** The same of all by sorting them anew. Results that are gone meanwhile stay where they are until that is told. */
    private int[] sorted(Sorter sorter, MailboxIndex view, int[] fresh) throws IOException {
        var all = new BitSet();
        Arrays.stream(uids).mapToInt(view::find).filter(place -> place >= 0).forEach(all::set);
        Arrays.stream(fresh).forEach(all::set);
        var before = new int[fresh.length];
        int known = 0;
        int next = 0;
        for (int place : sorter.sort(all, criteria, SILENT)) {
            if (next < fresh.length && fresh[next] == place) {
                before[next++] = known;
                continue;
            }
            long uid = view.uid(place);
            while (known < uids.length && uids[known] != uid) {
                known++;
            }
            known++;
        }
        Arrays.fill(before, next, before.length, uids.length);
        return before;
    }

    private static Placed placed(long[] uids, int from, int to, LongUnaryOperator number) {
        return new Placed(from + 1, NumberRange.of(Arrays.stream(uids, from, to).map(number)));
    }
}
