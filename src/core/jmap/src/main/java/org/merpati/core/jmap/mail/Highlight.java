package org.merpati.core.jmap.mail;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Marks words in a text for HTML (RFC 8621 §5). */
record Highlight(Pattern words) {
    /** Octets, marks and entities among them. */
    private static final int LONGEST = 255;

    /** Characters before the first word that are shown. */
    private static final int BEFORE = 60;

    private static final int MOST_WORDS = 100;

    /** @param terms as {@link SearchText} has them; empty when there are none */
    static Optional<Highlight> of(Collection<String> terms) {
        if (terms.isEmpty()) {
            return Optional.empty();
        }
        var words = terms.stream()
                .limit(MOST_WORDS)
                .sorted(Comparator.comparingInt(String::length).reversed()) // the longest that fits is marked
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Optional.of(new Highlight(Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
    }

    /** All of the text; empty when none of the words is in it. */
    Optional<String> whole(String text) {
        var matcher = words.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        var marked = new StringBuilder();
        int at = 0;
        do {
            escape(text, at, matcher.start(), marked);
            mark(matcher, marked);
            at = matcher.end();
        } while (matcher.find());
        escape(text, at, text.length(), marked);
        return Optional.of(marked.toString());
    }

    /** The text around the first of the words, in one line; empty when there is none. */
    Optional<String> around(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        var matcher = words.matcher(line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int start = Math.max(0, matcher.start() - BEFORE);
        int space = start == 0 ? -1 : line.indexOf(' ', start);
        start = space >= 0 && space < matcher.start() ? space + 1 : start;
        if (start > 0 && Character.isLowSurrogate(line.charAt(start))) {
            start++;
        }
        var marked = new StringBuilder();
        int octets = 0;
        int at = start;
        boolean found = true;
        while (at < line.length()) {
            var piece = new StringBuilder();
            int next;
            if (found && matcher.start() == at) {
                mark(matcher, piece);
                next = matcher.end();
                found = matcher.find();
            } else {
                next = at + Character.charCount(line.codePointAt(at));
                escape(line, at, next, piece);
            }
            octets += piece.toString().getBytes(StandardCharsets.UTF_8).length;
            if (octets > LONGEST) {
                break;
            }
            marked.append(piece);
            at = next;
        }
        return marked.isEmpty() ? Optional.empty() : Optional.of(marked.toString());
    }

    private static void mark(Matcher matcher, StringBuilder into) {
        into.append("<mark>");
        var word = matcher.group();
        escape(word, 0, word.length(), into);
        into.append("</mark>");
    }

    private static void escape(String text, int from, int to, StringBuilder into) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> into.append("&amp;");
                case '<' -> into.append("&lt;");
                case '>' -> into.append("&gt;");
                default -> into.append(c);
            }
        }
    }
}
