package org.merpati.lib.mime.field;

import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a trace field word by word: a keyword opens a clause, the first word after it is what the clause says. */
final class ReceivedParser {
    private enum Clause {
        FROM,
        BY,
        VIA,
        WITH,
        ID,
        FOR
    }

    /** Longer than any honest one; what comes after is passed over. */
    private static final int LONGEST = 8192;

    private final String text;
    private final Comments comments;
    private final Map<Clause, String> said = new EnumMap<>(Clause.class);
    private final TraceDetails details = new TraceDetails();
    private @Nullable Clause clause;
    private int semicolon = -1;
    private int weekday = -1;
    private int at;

    ReceivedParser(String body) {
        var unfolded = Folding.remove(body);
        text = unfolded.length() > LONGEST ? unfolded.substring(0, LONGEST) : unfolded;
        comments = new Comments(text);
    }

    Received parse() {
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = c == '(' ? comments.end(at) : -1;
            if (end > 0) {
                comment(text.substring(at + 1, end - 1));
                at = end;
            } else if (c == ';') {
                semicolon = at++;
                clause = null;
            } else if (Folding.isWhite(c) || c == ',') {
                at++;
            } else {
                word();
            }
        }
        return new Received(
                get(Clause.FROM),
                details.peer(),
                get(Clause.BY),
                get(Clause.VIA),
                get(Clause.WITH),
                get(Clause.ID),
                get(Clause.FOR),
                details.tls(),
                date());
    }

    private void comment(String content) {
        details.encryption(content);
        boolean whole = clause == null && said.isEmpty() && content.regionMatches(true, 0, "from ", 0, 5);
        if (whole) { // (from somebody [192.0.2.1]) by …
            clause = Clause.FROM;
            int end = content.indexOf(' ', 5);
            said.put(Clause.FROM, bare(content.substring(5, end < 0 ? content.length() : end)));
            details.client(end < 0 ? "" : content.substring(end), false);
        } else if (clause == Clause.FROM) {
            details.client(content, true);
        }
    }

    private void word() {
        int from = at;
        while (at < text.length() && " \t\r\n;(,".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == from) { // a parenthesis that opens nothing
            at++;
        }
        var word = text.substring(from, at);
        var keyword = keyword(word);
        if (keyword != null) {
            clause = keyword;
        } else if (semicolon < 0 && weekday < 0 && DateTime.isDay(word)) {
            weekday = from;
        } else if (clause == Clause.WITH) {
            details.encryption(word);
            protocol(word);
        } else if (clause != null && !said.containsKey(clause)) {
            said.put(clause, bare(word));
        } else if (clause == Clause.FROM) {
            details.client(word, false);
            details.encryption(word);
        }
    }

    private static @Nullable Clause keyword(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "from" -> Clause.FROM;
            case "by" -> Clause.BY;
            case "via" -> Clause.VIA;
            case "with" -> Clause.WITH;
            case "id" -> Clause.ID;
            case "for" -> Clause.FOR;
            default -> null;
        };
    }

    /** Of "Microsoft SMTP Server" and the like the word that is a protocol. */
    private void protocol(String word) {
        var known = TraceDetails.protocol(word);
        if (known != null) {
            said.put(Clause.WITH, known);
        } else {
            said.putIfAbsent(Clause.WITH, bare(word));
        }
    }

    private Optional<String> get(Clause clause) {
        return Optional.ofNullable(said.get(clause)).filter(word -> !word.isEmpty());
    }

    private Optional<OffsetDateTime> date() {
        int from = semicolon >= 0 ? semicolon + 1 : weekday;
        return from < 0 ? Optional.empty() : DateTime.parse(text.substring(from));
    }

    /** Without brackets of either kind, and without the port after the square ones. */
    private static String bare(String word) {
        int from = 0;
        int end = word.length();
        while (from < end && "<[".indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        int close = from > 0 && word.charAt(0) == '[' ? word.indexOf(']') : -1;
        end = close > from ? close : end;
        while (end > from && ">]".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(from, end);
    }
}
