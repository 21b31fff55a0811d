package org.merpati.lib.mime.field;

import java.util.ArrayList;
import java.util.List;

/** Message-ID, In-Reply-To, References (RFC 5322 §3.6.4) and Content-ID (RFC 2045 §7). */
public final class MessageIds {
    /** More than any thread that people follow. */
    private static final int MOST = 10_000;

    private MessageIds() {}

    /**
     * The ids in their order, without brackets, comments and white space (RFC 8621 §4.1.2.5). Words between ids are those of
     * old In-Reply-To fields (RFC 5322 §4.5.4) and passed over; where no bracket stands, each word is an id.
     */
    public static List<String> parse(String body) {
        var text = Folding.remove(body);
        return text.indexOf('<') < 0 ? words(Comments.remove(text)) : bracketed(text);
    }

    private static List<String> bracketed(String text) {
        var ids = new ArrayList<String>();
        int open = text.indexOf('<');
        while (open >= 0 && ids.size() < MOST) {
            int end = open + 1;
            while (end < text.length() && text.charAt(end) != '>' && text.charAt(end) != '<') {
                end++;
            }
            var id = Folding.withoutWhite(Comments.remove(text.substring(open + 1, end)));
            if (!id.isEmpty()) {
                ids.add(id);
            }
            open = text.indexOf('<', end);
        }
        return ids;
    }

    private static List<String> words(String text) {
        var ids = new ArrayList<String>();
        int at = 0;
        while (at < text.length() && ids.size() < MOST) {
            int end = at;
            while (end < text.length() && !separates(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                ids.add(text.substring(at, end));
            }
            at = end + 1;
        }
        return ids;
    }

    private static boolean separates(char c) {
        return Folding.isWhite(c) || c == ',' || c == ';' || c == '>';
    }
}
