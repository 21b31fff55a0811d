package org.merpati.lib.mime.field;

/** Comments in structured fields (RFC 5322 §3.2.2), which nest and hide their parentheses behind backslashes. */
final class Comments {
    /** How many openings of a text are looked at for their end in vain. */
    private static final int MOST_OPEN = 8;

    private final String text;
    private int open;

    Comments(String text) {
        this.text = text;
    }

    /** The place after the comment that begins here, or -1 when it never ends: then the parenthesis is only that. */
    int end(int from) {
        if (open == MOST_OPEN) {
            return -1;
        }
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '\\' -> at++;
                case '(' -> depth++;
                case ')' -> {
                    if (--depth == 0) {
                        return at + 1;
                    }
                }
                default -> {}
            }
        }
        open++;
        return -1;
    }

    /** What a comment says, decoded (RFC 2047 §5 (2)): the text between its parentheses, which end at {@code end}. */
    String content(int from, int end) {
        return EncodedWords.decode(unescape(text.substring(from + 1, end - 1))).strip();
    }

    /** The text with a space in the place of each comment outside of quotes. */
    static String remove(String text) {
        if (text.indexOf('(') < 0) {
            return text;
        }
        var comments = new Comments(text);
        var out = new StringBuilder(text.length());
        boolean quoted = false;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = c == '(' && !quoted ? comments.end(at) : -1;
            if (end >= 0) {
                out.append(' ');
                at = end;
                continue;
            }
            quoted ^= c == '"';
            out.append(c);
            if (c == '\\' && quoted && at + 1 < text.length()) {
                out.append(text.charAt(++at));
            }
            at++;
        }
        return out.toString();
    }

    /** Quoted pairs as what they stand for (RFC 5322 §3.2.1). */
    static String unescape(String text) {
        int backslash = text.indexOf('\\');
        if (backslash < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int copied = 0;
        while (backslash >= 0 && backslash + 1 < text.length()) {
            out.append(text, copied, backslash).append(text.charAt(backslash + 1));
            copied = backslash + 2;
            backslash = text.indexOf('\\', copied);
        }
        return out.append(text, copied, text.length()).toString();
    }
}
