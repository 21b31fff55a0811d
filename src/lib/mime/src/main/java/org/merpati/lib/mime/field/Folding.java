package org.merpati.lib.mime.field;

/** Lines of a field's body (RFC 5322 §2.2.3). */
final class Folding {
    private Folding() {}

    /** Without line ends; the white space around them stays. */
    static String remove(String text) {
        if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n')) {
                out.append(' '); // alone it is none
            } else if (c != '\r' && c != '\n') {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** With each line end and the white space around it as one space. */
    static String collapse(String text) {
        int fold = text.indexOf('\n');
        if (fold < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int copied = 0;
        while (fold >= 0) {
            int end = fold;
            while (end > copied && isWhite(text.charAt(end - 1))) {
                end--;
            }
            out.append(text, copied, end).append(' ');
            copied = fold + 1;
            while (copied < text.length() && isWhite(text.charAt(copied))) {
                copied++;
            }
            fold = text.indexOf('\n', copied);
        }
        return out.append(text, copied, text.length()).toString();
    }

    static String withoutWhite(String text) {
        var out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            if (!isWhite(text.charAt(at))) {
                out.append(text.charAt(at));
            }
        }
        return out.toString();
    }

    static boolean isWhite(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** The first place from there on that is not white. */
    static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && isWhite(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
