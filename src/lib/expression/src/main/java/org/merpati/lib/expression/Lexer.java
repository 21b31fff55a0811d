package org.merpati.lib.expression;

import java.util.List;
import java.util.Set;
import org.merpati.lib.expression.ExpressionSyntaxException.Fault;

/** Cuts a source into tokens. */
final class Lexer {
    static final Set<String> WORDS = Set.of("if", "then", "else", "in", "true", "false");

    private static final List<String> SIGNS = List.of(
            "||", "&&", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")", "[", "]",
            ",");

    enum Kind {
        WHOLE,
        DECIMAL,
        TEXT,
        NAME,
        /** Also {@link #WORDS}. */
        SIGN,
        CAPTURE,
        END
    }

    /** @param text without quotes and escapes */
    record Token(Kind kind, int at, String text) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        @Override
        public String toString() {
            return kind == Kind.END ? "the end" : kind == Kind.TEXT ? "a text" : "'" + text + "'";
        }
    }

    private final String source;
    private int at;

    Lexer(String source) {
        this.source = source;
    }

    ExpressionSyntaxException fail(Fault fault, int offset, String problem) {
        return new ExpressionSyntaxException(fault, Position.of(source, offset), problem);
    }

    Token next() {
        while (at < source.length() && " \t\r\n".indexOf(source.charAt(at)) >= 0) {
            at++;
        }
        int start = at;
        if (at == source.length()) {
            return new Token(Kind.END, start, "");
        }
        char c = source.charAt(at);
        if (c == '\'' || c == '"') {
            return text(c);
        }
        if (digit(c)) {
            return number();
        }
        if (c == '$') {
            at++;
            int digits = digits();
            if (digits == 0 || digits > 2) {
                throw fail(Fault.UNEXPECTED, start, "expected a number up to " + Limits.CAPTURES + " after $");
            }
            return new Token(Kind.CAPTURE, start, source.substring(start + 1, at));
        }
        if (letter(c)) {
            return name();
        }
        for (var sign : SIGNS) {
            if (source.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Kind.SIGN, start, sign);
            }
        }
        throw fail(Fault.UNEXPECTED, start, "unexpected character " + printable(c));
    }

    private Token number() {
        int start = at;
        digits();
        boolean decimal = at + 1 < source.length() && source.charAt(at) == '.' && digit(source.charAt(at + 1));
        if (decimal) {
            at++;
            digits();
        }
        if (at < source.length() && (letter(source.charAt(at)) || source.charAt(at) == '.')) {
            throw fail(Fault.UNEXPECTED, at, "expected the end of a number");
        }
        return new Token(decimal ? Kind.DECIMAL : Kind.WHOLE, start, source.substring(start, at));
    }

    private Token name() {
        int start = at;
        while (at < source.length()
                && (letter(source.charAt(at)) || digit(source.charAt(at)) || source.charAt(at) == '.')) {
            at++;
        }
        var name = source.substring(start, at);
        return new Token(WORDS.contains(name) ? Kind.SIGN : Kind.NAME, start, name);
    }

    /** A backslash before what is no escape stays, so that regular expressions need no doubled ones. */
    private Token text(char quote) {
        int start = at++;
        var text = new StringBuilder();
        while (at < source.length() && source.charAt(at) != quote) {
            char c = source.charAt(at++);
            if (c != '\\' || at == source.length()) {
                text.append(c);
                continue;
            }
            char escaped = source.charAt(at++);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case '\\', '\'', '"' -> text.append(escaped);
                default -> text.append(c).append(escaped);
            }
        }
        if (at == source.length()) {
            throw fail(Fault.UNEXPECTED, start, "expected a closing quote for this one");
        }
        at++;
        return new Token(Kind.TEXT, start, text.toString());
    }

    private int digits() {
        int start = at;
        while (at < source.length() && digit(source.charAt(at))) {
            at++;
        }
        return at - start;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static String printable(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
    }
}
