package org.merpati.core.jmap.mail;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is looked for in texts (RFC 8621 §4.4.1): phrases in quotes as they are, other words each for itself, all of them, in any
 * case.
 *
 * @param terms folded as {@link #fold} does
 */
record SearchText(List<String> terms) {
    private static final int MOST_TERMS = 100;

    SearchText {
        terms = List.copyOf(terms);
    }

    static SearchText parse(String text) {
        var terms = new ArrayList<String>();
        int at = 0;
        while (at < text.length() && terms.size() < MOST_TERMS) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '"' || c == '\'') {
                int end = phraseEnd(text, at);
                at = end < 0 ? word(text, at, terms) : phrase(text, at, end, terms);
            } else {
                at = word(text, at, terms);
            }
        }
        return new SearchText(terms);
    }

    /** The place of the same quote again; -1 when it does not come. */
    private static int phraseEnd(String text, int open) {
        for (int at = open + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == text.charAt(open)) {
                return at;
            }
        }
        return -1;
    }

    private static int phrase(String text, int open, int end, List<String> terms) {
        var phrase = new StringBuilder();
        for (int at = open + 1; at < end; at++) {
            if (text.charAt(at) == '\\' && at + 1 < end && "'\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
            }
            phrase.append(text.charAt(at));
        }
        add(phrase.toString(), terms);
        return end + 1;
    }

    private static int word(String text, int start, List<String> terms) {
        int end = start + 1;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        add(text.substring(start, end), terms);
        return end;
    }

    private static void add(String term, List<String> terms) {
        var folded = fold(term);
        if (!folded.isBlank()) {
            terms.add(folded);
        }
    }

    /** The form in which texts are compared: white space is one space, and case is none. */
    static String fold(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        var normal = ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        return normal.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }

    /** Whether each term is in one of these texts, which are folded. */
    boolean isIn(List<String> texts) {
        return terms.stream().allMatch(term -> texts.stream().anyMatch(text -> text.contains(term)));
    }
}
