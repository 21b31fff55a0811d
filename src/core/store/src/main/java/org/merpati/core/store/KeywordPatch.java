package org.merpati.core.store;

import java.util.Set;
import java.util.TreeSet;
import org.merpati.core.api.mail.Keyword;

/**
 * A change of an email's keywords: those there are (none of them when {@code replace}), less {@code remove}, and
 * {@code add}.
 */
public record KeywordPatch(boolean replace, Set<Keyword> add, Set<Keyword> remove) {
    /** An email has at most that many keywords. */
    public static final int MOST = 128;

    public static final KeywordPatch NONE = new KeywordPatch(false, Set.of(), Set.of());

    public KeywordPatch {
        add = Set.copyOf(add);
        remove = Set.copyOf(remove);
    }

    public static KeywordPatch adding(Set<Keyword> keywords) {
        return new KeywordPatch(false, keywords, Set.of());
    }

    public static KeywordPatch removing(Set<Keyword> keywords) {
        return new KeywordPatch(false, Set.of(), keywords);
    }

    public static KeywordPatch replacing(Set<Keyword> keywords) {
        return new KeywordPatch(true, keywords, Set.of());
    }

    /** What becomes of these keywords, sorted. */
    public Set<Keyword> apply(Set<Keyword> keywords) {
        var result = new TreeSet<Keyword>();
        if (!replace) {
            result.addAll(keywords);
        }
        result.removeAll(remove);
        result.addAll(add);
        return result;
    }
}
