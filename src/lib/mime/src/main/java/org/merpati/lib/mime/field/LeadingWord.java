package org.merpati.lib.mime.field;

import java.util.Locale;

/** What stands before the parameters of a field: a type and subtype (RFC 2045 §5.1) or a kind (RFC 2183 §2). */
final class LeadingWord {
    private LeadingWord() {}

    /** Where it ends: at the semicolon, or leniently where after white space no slash comes and another word begins. */
    static int end(String text) {
        var comments = new Comments(text);
        int at = 0;
        boolean word = false;
        boolean space = false;
        boolean slash = false;
        while (at < text.length() && text.charAt(at) != ';') {
            char c = text.charAt(at);
            int comment = c == '(' ? comments.end(at) : -1;
            if (comment > 0 || Folding.isWhite(c)) {
                space = word;
                at = comment > 0 ? comment : at + 1;
                continue;
            }
            if (space && c != '/' && !slash) {
                return at;
            }
            slash = c == '/';
            word = true;
            space = false;
            at++;
        }
        return at;
    }

    /** The text before {@code end} in lower case, without comments and white space. */
    static String compact(String text, int end) {
        return Folding.withoutWhite(Comments.remove(text.substring(0, end))).toLowerCase(Locale.ROOT);
    }
}
