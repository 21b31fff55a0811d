package org.merpati.lib.expression;

/** How large things may be. The same for everybody, so that a rule means the same everywhere. */
public final class Limits {
    /** Characters of a source. */
    public static final int SOURCE = 8 * 1024;

    /** Parentheses, brackets, calls, signs and conditions inside one another. */
    public static final int NESTING = 64;

    /** Levels of the tree, in which a chain of operators counts each of them. */
    static final int DEPTH = 512;

    /** Characters of a text that an expression makes. */
    public static final int TEXT = 64 * 1024;

    /** Items of a list. */
    public static final int ITEMS = 1000;

    /** Characters of a regular expression. */
    public static final int REGEX = 1000;

    /** Instructions of a compiled regular expression. */
    static final int REGEX_PROGRAM = 5000;

    static final int CAPTURES = 99;

    private Limits() {}
}
