package org.merpati.lib.mime.field;

import java.util.ArrayList;
import java.util.List;

/** Words or phrases with commas between them: Keywords (RFC 5322 §3.6.5), Content-Language (RFC 3282). */
public final class CommaList {
    private static final int MOST = 10_000;

    private CommaList() {}

    /** The items in their order, without comments and quotes, decoded; empty ones are left out. */
    public static List<String> parse(String body) {
        var text = Comments.remove(body);
        var items = new ArrayList<String>();
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at <= text.length() && items.size() < MOST; at++) {
            char c = at < text.length() ? text.charAt(at) : ',';
            int word = c == '=' && text.startsWith("=?", at) ? EncodedWords.end(text, at) : -1;
            if (word > 0) {
                at = word - 1; // a comma in it separates nothing
            } else if (c == '"') {
                quoted = !quoted && text.indexOf('"', at + 1) >= 0;
            } else if (c == ',' && (!quoted || at == text.length())) {
                var item = Folding.joined(Unstructured.decode(unquote(text.substring(from, at))));
                if (!item.isEmpty()) {
                    items.add(item);
                }
                from = at + 1;
            }
        }
        return items;
    }

    private static String unquote(String item) {
        var bare = item.strip();
        boolean quotes = bare.length() >= 2 && bare.charAt(0) == '"' && bare.charAt(bare.length() - 1) == '"';
        return quotes ? Comments.unescape(bare.substring(1, bare.length() - 1)) : item;
    }
}
