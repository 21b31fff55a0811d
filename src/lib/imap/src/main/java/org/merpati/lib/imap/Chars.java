package org.merpati.lib.imap;

/** The character classes of the grammar (RFC 3501 §9, RFC 9051 §9). */
public final class Chars {
    private Chars() {}

    /** ATOM-CHAR. */
    public static boolean atom(int c) {
        return c > 0x20 && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0;
    }

    /** ASTRING-CHAR: an atom's, and the closing bracket. */
    public static boolean astring(int c) {
        return atom(c) || c == ']';
    }

    /** A tag's: an astring's without the plus sign. */
    public static boolean tag(int c) {
        return astring(c) && c != '+';
    }

    /** list-char: an astring's, and the wildcards. */
    public static boolean list(int c) {
        return astring(c) || c == '%' || c == '*';
    }

    public static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    /** The letters, digits, dots and hyphens that the grammar's own words are made of. */
    static boolean word(int c) {
        return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
    }
}
