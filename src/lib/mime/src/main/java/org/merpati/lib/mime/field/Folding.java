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
