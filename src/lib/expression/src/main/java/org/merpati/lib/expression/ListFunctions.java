package org.merpati.lib.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.merpati.lib.expression.Value.Items;
import org.merpati.lib.expression.Value.Text;

/** Functions on lists. */
final class ListFunctions {
    private ListFunctions() {}

    /** Of what is no list: 0 for the empty text, else 1. */
    static Value count(Arguments a) {
        return Value.of(
                switch (a.value(0)) {
                    case Items items -> items.values().size();
                    case Text text when text.value().isEmpty() -> 0L;
                    default -> 1L;
                });
    }

    /** Ascending, unless the second argument says false; numbers before texts, texts by their characters. */
    static Value sort(Arguments a) {
        var items = a.items(0);
        for (var item : items) {
            if (item instanceof Items) {
                throw a.wrong(0, "a list of texts or numbers");
            }
        }
        var sorted = new ArrayList<>(items);
        sorted.sort((one, other) -> {
            boolean words = one instanceof Text || one instanceof Value.Truth;
            boolean otherWords = other instanceof Text || other instanceof Value.Truth;
            if (words != otherWords) {
                return words ? 1 : -1;
            }
            a.spend(1
                    + (words
                            ? Math.min(one.toString().length(), other.toString().length()) / 16
                            : 0));
            return words ? one.toString().compareTo(other.toString()) : Numbers.compare(one, other);
        });
        return a.made(a.has(1) && !a.truth(1) ? sorted.reversed() : sorted);
    }

    /** Each once, where it stands first. */
    static Value dedup(Arguments a) {
        var items = a.items(0);
        a.spend(weight(items));
        return a.made(List.copyOf(new LinkedHashSet<>(items)));
    }

    /** Without empty texts and empty lists. */
    static Value winnow(Arguments a) {
        return a.made(a.items(0).stream()
                .filter(each -> each.holds() || !(each instanceof Text || each instanceof Items))
                .toList());
    }

    static Value isIntersect(Arguments a) {
        var comparison = a.comparison();
        var other = new Items(a.items(1));
        return Value.of(a.items(0).stream().anyMatch(each -> comparison.in(each, other)));
    }

    /** What hashing them costs. */
    private static long weight(List<Value> items) {
        long weight = 0;
        for (var item : items) {
            weight += 1
                    + (item instanceof Items inner
                            ? weight(inner.values())
                            : item instanceof Text text ? text.value().length() / 16 : 0);
        }
        return weight;
    }
}
