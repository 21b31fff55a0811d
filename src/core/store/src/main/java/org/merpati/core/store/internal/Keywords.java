package org.merpati.core.store.internal;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.merpati.core.api.mail.Keyword;

/** The form of keywords in the table: sorted and joined by spaces. */
final class Keywords {
    private Keywords() {}

    static Set<Keyword> read(String column) {
        var keywords = new TreeSet<Keyword>();
        for (var name : column.split(" ", -1)) {
            if (!name.isEmpty()) {
                keywords.add(new Keyword(name));
            }
        }
        return keywords;
    }

    static boolean seen(String column) {
        return (" " + column + " ").contains(" " + Keyword.SEEN.name() + " ");
    }

    /** As JMAP counts emails (RFC 8621 §2). */
    static boolean unread(Collection<Keyword> keywords) {
        return !keywords.contains(Keyword.SEEN) && !keywords.contains(Keyword.DRAFT);
    }

    static String write(Collection<Keyword> keywords) {
        return keywords.stream().sorted().map(Keyword::name).collect(Collectors.joining(" "));
    }
}
