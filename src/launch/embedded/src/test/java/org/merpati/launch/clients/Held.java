package org.merpati.launch.clients;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** A message that a side has: what of it is compared, and its flags without {@code \Recent}. */
record Held(String content, SortedSet<String> flags) implements Comparable<Held> {
    private static final Comparator<Held> ORDER =
            Comparator.comparing(Held::content).thenComparing(held -> held.flags.toString());

    static Held of(String content, Collection<String> flags) {
        var kept = new TreeSet<String>();
        for (var flag : flags) {
            if (!flag.isEmpty() && !flag.equalsIgnoreCase("\\Recent")) {
                kept.add(flag.toLowerCase(Locale.ROOT));
            }
        }
        return new Held(content, kept);
    }

    @Override
    public int compareTo(Held other) {
        return ORDER.compare(this, other);
    }
}
