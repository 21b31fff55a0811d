package org.merpati.core.imap.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.merpati.lib.imap.command.Sort.Criterion;

/** Puts the messages that a search has found in an order (RFC 5256 §3). */
public final class Sorter {
    private final Finder finder;

    public Sorter(Finder finder) {
        this.finder = finder;
    }

    /**
     * Indexes in the view; messages that are alike stay in the mailbox's order, and those gone meanwhile are left out.
     *
     * @param progress is told of messages that have to be read
     */
    public int[] sort(BitSet found, List<Criterion> criteria, Progress progress) throws IOException {
        var places = found.stream().toArray();
        var columns = criteria.stream()
                .map(criterion -> Column.of(criterion.by(), places.length))
                .toList();
        boolean indexed = criteria.stream().allMatch(criterion -> Column.isIndexed(criterion.by()));
        var there = new BitSet(places.length);
        finder.each(found, indexed, progress, candidate -> {
            int row = Arrays.binarySearch(places, candidate.index());
            for (var column : columns) {
                column.put(row, candidate);
            }
            there.set(row);
        });
        var order = there.stream().boxed().toArray(Integer[]::new);
        Arrays.sort(order, comparator(criteria, columns));
        return Arrays.stream(order).mapToInt(row -> places[row]).toArray();
    }

    private static Comparator<Integer> comparator(List<Criterion> criteria, List<Column> columns) {
        var order = Comparator.<Integer>naturalOrder(); // the mailbox's
        for (int i = criteria.size() - 1; i >= 0; i--) {
            var column = columns.get(i);
            Comparator<Integer> by = column::compare;
            order = (criteria.get(i).reverse() ? by.reversed() : by).thenComparing(order);
        }
        return order;
    }
}
