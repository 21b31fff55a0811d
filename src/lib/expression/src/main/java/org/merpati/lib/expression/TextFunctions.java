package org.merpati.lib.expression;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.merpati.lib.expression.Value.Items;

/** Functions on texts. A character is a code point; case is nobody's language's. */
final class TextFunctions {
    private TextFunctions() {}

    static Value len(Arguments a) {
        if (a.value(0) instanceof Items items) {
            return Value.of(items.values().size());
        }
        var text = a.text(0);
        return Value.of(text.codePointCount(0, text.length()));
    }

    static Value toLowercase(Arguments a) {
        return a.made(a.text(0).toLowerCase(Locale.ROOT));
    }

    static Value toUppercase(Arguments a) {
        return a.made(a.text(0).toUpperCase(Locale.ROOT));
    }

    /** Every letter is, and there is one. */
    static Value isUppercase(Arguments a) {
        return cased(a, Character::isUpperCase);
    }

    static Value isLowercase(Arguments a) {
        return cased(a, Character::isLowerCase);
    }

    private static Value cased(Arguments a, IntPredicate wanted) {
        var text = a.text(0);
        return Value.of(text.codePoints().anyMatch(Character::isLetter)
                && text.codePoints().filter(Character::isLetter).allMatch(wanted));
    }

    static Value number(Arguments a, IntPredicate wanted) {
        return Value.of(a.text(0).codePoints().filter(wanted).count());
    }

    /** How often the second, one character, is in the first. */
    static Value countChars(Arguments a) {
        var wanted = a.text(1);
        if (wanted.codePointCount(0, wanted.length()) != 1) {
            throw a.wrong(1, "one character");
        }
        int character = wanted.codePointAt(0);
        return number(a, each -> each == character);
    }

    /** A part of a text, or an item of a list. */
    static Value contains(Arguments a) {
        return Value.of(a.comparison().in(a.value(1), a.value(0)));
    }

    static Value containsIgnoreCase(Arguments a) {
        var part = a.folded(1);
        if (a.value(0) instanceof Items) {
            return Value.of(a.items(0).stream().anyMatch(each -> {
                a.spend(1 + part.length() / 16);
                return !(each instanceof Items) && each.toString().equalsIgnoreCase(part);
            }));
        }
        var text = a.folded(0);
        a.search(text, part);
        return Value.of(text.contains(part));
    }

    /** From a character, counted from 0, and as many as the third argument says, or all. What is not there is left out. */
    static Value substring(Arguments a) {
        var text = a.text(0);
        int length = text.codePointCount(0, text.length());
        int from = Math.min(a.size(1), length);
        int to = a.has(2) ? (int) Math.min((long) from + a.size(2), length) : length;
        int start = text.offsetByCodePoints(0, from);
        return a.made(text.substring(start, text.offsetByCodePoints(start, to - from)));
    }

    /** The text as it is where it does not begin so. */
    static Value stripPrefix(Arguments a) {
        var text = a.text(0);
        var prefix = a.text(1);
        return a.made(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
    }

    static Value stripSuffix(Arguments a) {
        var text = a.text(0);
        var suffix = a.text(1);
        return a.made(text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
    }

    /** Of the text's UTF-8, in lower-case hexadecimal. */
    static Value hash(Arguments a) {
        var algorithm = switch (a.text(1)) {
            case "md5" -> "MD5";
            case "sha1" -> "SHA-1";
            case "sha256" -> "SHA-256";
            case "sha512" -> "SHA-512";
            default -> throw a.wrong(1, "'md5', 'sha1', 'sha256' or 'sha512'");
        };
        try {
            var digest = MessageDigest.getInstance(algorithm).digest(a.text(0).getBytes(StandardCharsets.UTF_8));
            return a.made(HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
