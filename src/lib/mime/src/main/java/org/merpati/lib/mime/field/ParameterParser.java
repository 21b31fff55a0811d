package org.merpati.lib.mime.field;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.field.Parameters.Parameter;

/**
 * Reads {@code ; name=value; …} (RFC 2045 §5.1). Leniently: semicolons may be missing before {@code name=} or be too many,
 * values may lack quotes, quotes their end, and quoted values may hold encoded words, which RFC 2047 §5 (3) forbids.
 */
final class ParameterParser {
    /** Parameters and pieces of such; what comes after is passed over. */
    private static final int MOST = 1000;

    /** Which ASCII characters a name may have: those of a token (RFC 2045 §5.1). */
    private static final boolean[] NAME = new boolean[128];

    static {
        for (char c = '!'; c < 0x7f; c++) {
            NAME[c] = "()<>@,;:\\\"/[]?=".indexOf(c) < 0;
        }
    }

    private final String text;
    private final Comments comments;
    private final Map<String, Sections> found = new LinkedHashMap<>();
    private int at;

    ParameterParser(String text, int from) {
        this.text = text;
        comments = new Comments(text);
        at = from;
    }

    Parameters parse() {
        for (int count = 0; count < MOST && skipSeparators(); count++) {
            int equals = nameEnd(at);
            if (equals < 0) {
                skipWord();
            } else {
                var name = text.substring(at, equals);
                at = Folding.skip(text, equals + 1);
                boolean quoted = at < text.length() && text.charAt(at) == '"';
                var value = quoted ? quoted() : bare();
                if (quoted || !value.isEmpty()) {
                    keep(name.strip().toLowerCase(Locale.ROOT), value);
                }
            }
        }
        var all = new ArrayList<Parameter>(found.size());
        found.forEach((name, sections) -> all.add(new Parameter(name, sections.value())));
        return all.isEmpty() ? Parameters.NONE : new Parameters(all);
    }

    private boolean skipSeparators() {
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = c == '(' ? comments.end(at) : -1;
            if (end > 0) {
                at = end;
            } else if (c == ';' || Folding.isWhite(c)) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    /** What is no parameter: up to the next space or semicolon. */
    private void skipWord() {
        at++;
        while (at < text.length() && text.charAt(at) != ';' && !Folding.isWhite(text.charAt(at))) {
            at++;
        }
    }

    /** Where the equals sign after a name stands that begins here, or -1; spaces may come before it. */
    private int nameEnd(int from) {
        int end = from;
        while (end < text.length() && isName(text.charAt(end))) {
            end++;
        }
        if (end == from) {
            return -1;
        }
        int equals = Folding.skip(text, end);
        return equals < text.length() && text.charAt(equals) == '=' ? equals : -1;
    }

    private static boolean isName(char c) {
        return c >= NAME.length || NAME[c];
    }

    private String quoted() {
        int from = at + 1;
        int end = from;
        boolean escapes = false;
        while (end < text.length() && text.charAt(end) != '"') {
            if (text.charAt(end) == '\\') {
                escapes = true;
                end++;
            }
            end++;
        }
        end = Math.min(end, text.length());
        at = Math.min(end + 1, text.length());
        var value = text.substring(from, end);
        return escapes ? Comments.unescape(value) : value;
    }

    /** Up to a semicolon, the beginning of another parameter, or a comment that ends it. */
    private String bare() {
        int from = at;
        while (at < text.length() && text.charAt(at) != ';') {
            char c = text.charAt(at);
            if (Folding.isWhite(c)) {
                int next = Folding.skip(text, at);
                if (next < text.length() && endsBare(next)) {
                    var value = text.substring(from, at);
                    at = next;
                    return value;
                }
                at = next;
            } else {
                at++;
            }
        }
        return text.substring(from, at).strip();
    }

    private boolean endsBare(int next) {
        if (text.charAt(next) != '(') {
            return nameEnd(next) > 0;
        }
        int end = comments.end(next);
        if (end < 0) {
            return false;
        }
        int after = Folding.skip(text, end);
        return after == text.length() || text.charAt(after) == ';';
    }

    private void keep(String name, String value) {
        var key = name;
        int number = Sections.WHOLE;
        boolean extended = key.endsWith("*");
        if (extended) {
            key = key.substring(0, key.length() - 1);
        }
        int star = key.lastIndexOf('*');
        if (star > 0) {
            number = number(key, star + 1);
            if (number >= 0) {
                key = key.substring(0, star);
            }
        }
        if (number == Sections.WHOLE && extended) {
            number = Sections.EXTENDED_WHOLE;
        }
        star = key.indexOf('*');
        if (star >= 0) { // no name has one (RFC 2231 §7)
            key = key.substring(0, star);
        }
        if (!key.isEmpty()) {
            found.computeIfAbsent(key, any -> new Sections()).add(number, extended, value);
        }
    }

    /** RFC 2231 §3's number, or that of a whole when it is none. */
    private static int number(String key, int from) {
        int number = 0;
        for (int i = from; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c < '0' || c > '9') {
                return Sections.WHOLE;
            }
            number = Math.min(number * 10 + (c - '0'), 1_000_000);
        }
        return from == key.length() ? Sections.WHOLE : number;
    }

    /** All that was said under one name. */
    private static final class Sections {
        static final int WHOLE = -1;
        static final int EXTENDED_WHOLE = -2;

        private record Section(int number, boolean extended, String value) {}

        private final List<Section> all = new ArrayList<>(1);

        void add(int number, boolean extended, String value) {
            all.add(new Section(number, extended, value));
        }

        /** Of a value, an encoded value and one in pieces the encoded ones are what the writer meant (RFC 2231 §4). */
        String value() {
            Section plain = null;
            var pieces = new ArrayList<Section>();
            for (var section : all) {
                if (section.number == EXTENDED_WHOLE) {
                    return new Extended(section.value).text();
                }
                if (section.number >= 0) {
                    pieces.add(section);
                } else if (plain == null) {
                    plain = section;
                }
            }
            if (pieces.isEmpty() && plain != null) {
                return EncodedWords.decode(plain.value);
            }
            pieces.sort((a, b) -> Integer.compare(a.number, b.number));
            return joined(pieces);
        }

        private static String joined(List<Section> pieces) {
            var out = new StringBuilder();
            Extended run = null; // neighbours are decoded together: writers cut characters in two
            var charset = "";
            boolean encoded = false;
            int last = -1;
            for (var piece : pieces) {
                if (piece.number == last) {
                    continue; // the first one wins
                }
                if (piece.extended && run != null) {
                    run.append(piece.value);
                } else if (piece.extended) {
                    run = last < 0 ? new Extended(piece.value) : new Extended(charset, piece.value);
                    charset = run.charset();
                    encoded = true;
                } else {
                    flush(run, out);
                    run = null;
                    out.append(piece.value);
                }
                last = piece.number;
            }
            flush(run, out);
            return encoded ? out.toString() : EncodedWords.decode(out.toString());
        }

        private static void flush(@Nullable Extended run, StringBuilder out) {
            if (run != null) {
                out.append(run.text());
            }
        }
    }
}
