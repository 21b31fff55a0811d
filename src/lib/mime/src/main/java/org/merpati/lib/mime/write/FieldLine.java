package org.merpati.lib.mime.write;

import java.nio.charset.StandardCharsets;

/**
 * One header field in the making: tokens that may be folded between (RFC 5322 §2.2.3).
 *
 * <p>Lines are kept to the 76 characters that encoded words ask for (RFC 2047 §2), within the 78 of RFC 5322 §2.1.1.
 */
final class FieldLine {
    static final int FOLD = 76;
    private static final int LONGEST = 998;

    private final String name;
    private final StringBuilder out = new StringBuilder();
    private int lineStart;
    private int tokenStart; // where the space before the last token is

    FieldLine(String name) {
        this.name = name;
        out.append(name).append(':');
    }

    /** How many characters the next token may have to stay on this line. */
    int room() {
        return FOLD - (out.length() - lineStart) - 1;
    }

    /** Adds a space and the token, on a new line where this one is full. */
    FieldLine add(String token) {
        tokenStart = out.length();
        out.append(' ').append(token);
        return fold();
    }

    /** Adds what must not stand apart from the token before it: a comma, a semicolon. */
    FieldLine join(String text) {
        out.append(text);
        return fold();
    }

    private FieldLine fold() {
        if (room() < -1 && tokenStart > lineStart) {
            out.insert(tokenStart, "\r\n");
            lineStart = tokenStart + 2;
        }
        return this;
    }

    /** The field with its line end. */
    String end() {
        var field = out.append("\r\n").toString();
        for (int from = 0; from < field.length(); ) {
            int to = field.indexOf("\r\n", from);
            if (to - from > LONGEST / 3
                    && field.substring(from, to).getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                throw new IllegalArgumentException(name + ": a line would have more than " + LONGEST
                        + " octets and no place to fold: " + Characters.shown(field.substring(from, to)));
            }
            from = to + 2;
        }
        return field;
    }
}
