package org.merpati.lib.mime.write;

/** Which characters may stand where (RFC 5322 §3.2, RFC 2045 §5.1), and refusals that say what stood where. */
final class Characters {
    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";
    private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";
    private static final int LONGEST_NAME = 76;

    private Characters() {}

    static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** ASCII's and Unicode's control characters. */
    static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0));
    }

    /** An atom (RFC 5322 §3.2.3), or what RFC 6532 §3.2 makes one. */
    static boolean isAtom(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isAlphanumeric(c) || ATEXT.indexOf(c) >= 0 || c >= 0xa0);
    }

    /** Atoms and dots between them: a local part or domain that needs no quotes. */
    static boolean isDotAtom(String text) {
        for (var atom : text.split("\\.", -1)) {
            if (!isAtom(atom)) {
                return false;
            }
        }
        return true;
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && TSPECIALS.indexOf(c) < 0);
    }

    static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    static void requireOneLine(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\r' || c == '\n' || c == 0) {
                throw refused(c, at, "text of one line", text);
            }
        }
    }

    static void requireFieldName(String name) {
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c <= ' ' || c >= 0x7f || c == ':') {
                throw refused(c, at, "a field name", name);
            }
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a field name has 1 to " + LONGEST_NAME + " characters");
        }
    }

    static void requireFolded(String body) {
        boolean blank = false; // whether the present line has had white space only; the first has the name
        for (int at = 0; at < body.length(); at++) {
            char c = body.charAt(at);
            if (c == '\r' && body.startsWith("\n", at + 1) && startsWithSpace(body, at + 2) && !blank) {
                blank = true;
                at++;
            } else if (c == '\r' || c == '\n' || c == 0) {
                throw refused(c, at, "a raw field body", body);
            } else {
                blank &= c == ' ' || c == '\t';
            }
        }
        if (blank) {
            throw new IllegalArgumentException("a raw field body ends with a line of white space: " + shown(body));
        }
    }

    private static boolean startsWithSpace(String text, int at) {
        return at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
    }

    /** A message id or content id without its angle brackets. */
    static String id(String id) {
        return bracketed(id, "an id");
    }

    static String url(String url) {
        var bare = bracketed(url, "a URL");
        if (!isAscii(bare)) {
            throw new IllegalArgumentException("a URL is ASCII, other characters percent-encoded: " + shown(url));
        }
        return bare;
    }

    private static String bracketed(String value, String what) {
        var bare = value.startsWith("<") && value.endsWith(">") ? value.substring(1, value.length() - 1) : value;
        for (int at = 0; at < bare.length(); at++) {
            char c = bare.charAt(at);
            if (c <= ' ' || (c >= 0x7f && c < 0xa0) || c == '<' || c == '>') {
                throw refused(c, at, what, bare);
            }
        }
        if (bare.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        return bare;
    }

    static IllegalArgumentException refused(char c, int at, String what, String text) {
        return new IllegalArgumentException(
                String.format("%s can't have U+%04X, at offset %d: %s", what, (int) c, at, shown(text)));
    }

    /** The beginning, with nothing in it that a log or terminal would act upon. */
    static String shown(String text) {
        var shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "\ufffd");
    }
}
