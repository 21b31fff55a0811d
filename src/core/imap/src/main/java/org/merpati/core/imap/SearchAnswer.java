package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.merpati.core.imap.search.Finder;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.SearchReturn;
import org.merpati.lib.imap.command.SearchReturn.Option;
import org.merpati.lib.imap.response.ExtendedResult;
import org.merpati.lib.imap.response.ExtendedResult.Item;

/** What is told of a search's results, and what {@code $} becomes (RFC 9051 §6.4.4, §7.3.4). */
final class SearchAnswer {
    private final Finder finder;
    private final int[] order;
    private final boolean uids;
    private final SearchReturn result;

    /**
     * @param order indexes in the view, as they are to be told
     * @param uids whether uids are told
     */
    SearchAnswer(Finder finder, int[] order, boolean uids, SearchReturn result) {
        this.finder = finder;
        this.order = order;
        this.uids = uids;
        this.result = result;
    }

    private long number(int index) {
        return uids ? finder.view().uid(index) : index + 1L;
    }

    long[] numbers() {
        return Arrays.stream(order).mapToLong(this::number).toArray();
    }

    /** @param modSeq whether a key asked by modseq (RFC 4731 §3.2) */
    ExtendedResult response(String tag, Optional<ExtendedResult.Source> source, boolean modSeq) {
        List<Item> items = new ArrayList<>();
        if (result.has(Option.MIN) && order.length > 0) {
            items.add(new Item.Min(number(order[0])));
        }
        if (result.has(Option.MAX) && order.length > 0) {
            items.add(new Item.Max(number(order[order.length - 1])));
        }
        if (result.has(Option.COUNT)) {
            items.add(new Item.Count(order.length));
        }
        if (result.has(Option.ALL) && order.length > 0) {
            items.add(new Item.All(NumberRange.of(Arrays.stream(order).mapToLong(this::number))));
        }
        result.partial()
                .ifPresent(range -> items.add(new Item.Partial(
                        range, NumberRange.of(Arrays.stream(partial()).mapToLong(this::number)))));
        if (modSeq) {
            finder.modSeq(told()).ifPresent(greatest -> items.add(new Item.ModSeq(greatest)));
        }
        return new ExtendedResult(tag, source, uids, items);
    }

    private int[] partial() {
        return result.partial()
                .map(range -> Arrays.copyOfRange(order, range.from(order.length), range.to(order.length)))
                .orElse(new int[0]);
    }

    /** All, or where only some are told, these (RFC 5182 §2.4, RFC 9394 §3.2). */
    private BitSet told() {
        boolean ends = result.has(Option.MIN) || result.has(Option.MAX);
        boolean all = result.has(Option.ALL)
                || result.has(Option.COUNT)
                || !(ends || result.partial().isPresent());
        var told = new BitSet();
        Arrays.stream(all ? order : partial()).forEach(told::set);
        if (result.has(Option.MIN) && order.length > 0) {
            told.set(order[0]);
        }
        if (result.has(Option.MAX) && order.length > 0) {
            told.set(order[order.length - 1]);
        }
        return told;
    }

    /** The uids that {@code $} stands for after SAVE. */
    long[] saved() {
        return told().stream().mapToLong(finder.view()::uid).toArray();
    }
}
