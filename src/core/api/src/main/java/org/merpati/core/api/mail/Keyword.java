package org.merpati.core.api.mail;

import java.util.Locale;

/**
 * A label on an email, in JMAP's form and lower case: {@code $seen}, {@code $flagged}, {@code project-x} (RFC 8621
 * §4.1.1). {@code \Deleted} and {@code \Recent} belong to a membership and are never keywords.
 */
public record Keyword(String name) implements Comparable<Keyword> {
    public static final Keyword SEEN = new Keyword("$seen");
    public static final Keyword FLAGGED = new Keyword("$flagged");
    public static final Keyword ANSWERED = new Keyword("$answered");
    public static final Keyword DRAFT = new Keyword("$draft");

    /** @throws IllegalArgumentException when it is not 1 to 255 printable ASCII characters without IMAP's specials */
    public Keyword {
        name = name.toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > 255 || !name.chars().allMatch(Keyword::allowed)) {
            throw new IllegalArgumentException(
                    "not a keyword: 1 to 255 printable characters without ( ) { ] % * \" \\");
        }
    }

    private static boolean allowed(int c) {
        return c > 0x20 && c < 0x7f && "(){]%*\"\\".indexOf(c) < 0;
    }

    @Override
    public int compareTo(Keyword other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
