package org.merpati.lib.mime.field;

/** Lines of a field's body (RFC 5322 §2.2.3). */
final class Folding {
    private Folding() {}

    /** Without line ends; the white space around them stays. A CR alone is a space. */
    static String remove(String text) {
        int last = text.length();
        while (last > 0 && isLineEnd(text.charAt(last - 1))) {
            last--;
        }
        var body = text.substring(0, last);
        if (body.indexOf('\n') < 0 && body.indexOf('\r') < 0) {
            return body;
        }
        var out = new StringBuilder(last);
        int copied = 0;
        for (int at = 0; at < last; at++) {
            char c = body.charAt(at);
            if (isLineEnd(c)) {
                out.append(body, copied, at);
                copied = at + 1;
                if (c == '\r' && body.charAt(at + 1) != '\n') {
                    out.append(' ');
                }
            }
        }
        return out.append(body, copied, last).toString();
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    /** With one space for each run of white space: between the words of a phrase more mean nothing (RFC 5322 §3.2.5). */
    static String joined(String text) {
        var out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            boolean white = isWhite(text.charAt(at));
            if (!white || at == 0 || !isWhite(text.charAt(at - 1))) {
                out.append(white ? ' ' : text.charAt(at));
            }
        }
        return out.toString();
    }

    static String withoutWhite(String text) {
        int white = 0;
        while (white < text.length() && !isWhite(text.charAt(white))) {
            white++;
        }
        if (white == text.length()) {
            return text;
        }
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
