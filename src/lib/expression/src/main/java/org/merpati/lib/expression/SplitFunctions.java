package org.merpati.lib.expression;

import java.util.ArrayList;
import java.util.List;

/** Functions that cut texts. Lists are cut short of {@link Limits#ITEMS} by an error, never in silence. */
final class SplitFunctions {
    private SplitFunctions() {}

    /** Without their ends; the last line needs none. */
    static Value lines(Arguments a) {
        return made(a, a.text(0).lines().limit(Limits.ITEMS + 1L).toList());
    }

    static Value split(Arguments a) {
        return made(a, parts(a, Limits.ITEMS + 1));
    }

    /** The last part first. */
    static Value rsplit(Arguments a) {
        return made(a, parts(a, Limits.ITEMS + 1).reversed());
    }

    /** At most so many parts: the last is the rest. */
    static Value splitN(Arguments a) {
        int most = a.size(2);
        if (most == 0) {
            throw a.wrong(2, "a whole number from 1");
        }
        return made(a, parts(a, Math.min(most, Limits.ITEMS + 1)));
    }

    /** What is before and after the first separator; an empty list where there is none. */
    static Value splitOnce(Arguments a) {
        return once(a, false);
    }

    static Value rsplitOnce(Arguments a) {
        return once(a, true);
    }

    private static Value once(Arguments a, boolean last) {
        var text = a.text(0);
        var separator = separator(a);
        a.search(text, separator);
        int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
        return at < 0
                ? a.made(List.of())
                : made(a, List.of(text.substring(0, at), text.substring(at + separator.length())));
    }

    /** Runs of letters and digits of any script. */
    static Value splitWords(Arguments a) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var text = a.text(0) + ' ';
        for (int i = 0; i < text.length() && words.size() <= Limits.ITEMS; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (Character.isLetterOrDigit(character)) {
                word.appendCodePoint(character);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return made(a, words);
    }

    private static List<String> parts(Arguments a, int most) {
        var text = a.text(0);
        var separator = separator(a);
        a.search(text, separator);
        var parts = new ArrayList<String>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0 && parts.size() < most - 1; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String separator(Arguments a) {
        var separator = a.text(1);
        if (separator.isEmpty()) {
            throw a.wrong(1, "a separator");
        }
        return separator;
    }

    private static Value made(Arguments a, List<String> parts) {
        return a.made(parts.stream().map(Value::of).toList());
    }
}
