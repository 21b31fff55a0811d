package org.merpati.lib.mime.write;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Text as encoded words (RFC 2047 §2) in UTF-8: Q or B, whichever is shorter, none longer than 75 characters, no character split,
 * and no letter parted from its accents unless it has too many of them.
 *
 * <p>Q uses only what may stand in a phrase (RFC 2047 §5 (3)), so that a word is right wherever one is allowed.
 */
public final class EncodedWordWriter {
    static final int LONGEST = 75;
    private static final String B = "=?utf-8?B?";
    private static final String Q = "=?utf-8?Q?";
    private static final int AROUND = B.length() + 2;
    private static final String HEX = "0123456789ABCDEF";

    private final List<String> words = new ArrayList<>();
    private final int longest;
    private final boolean base64;
    private final StringBuilder pending = new StringBuilder();
    private int room;

    private EncodedWordWriter(int first, int longest, boolean base64) {
        this.longest = longest - AROUND;
        this.base64 = base64;
        this.room = first - AROUND;
    }

    /** The text as words in one line, to stand where a phrase or unstructured text may. */
    public static String encode(String text) {
        return String.join(" ", words(text, LONGEST, LONGEST));
    }

    /**
     * The words that decode to the text.
     *
     * @param first how long the first may be, at least 24
     * @param longest how long the others may be
     */
    static List<String> words(String text, int first, int longest) {
        var writer = new EncodedWordWriter(first, longest, length(text, true) < length(text, false));
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int from = 0;
        for (int to = characters.next(); to != BreakIterator.DONE; to = characters.next()) {
            writer.add(text.substring(from, to));
            from = to;
        }
        writer.endWord();
        return writer.words;
    }

    private void add(String grapheme) {
        if (fits(grapheme, room)) {
            pending.append(grapheme);
        } else if (length(grapheme) <= longest) {
            endWord();
            pending.append(grapheme);
        } else {
            grapheme.codePoints().mapToObj(Character::toString).forEach(character -> {
                if (!fits(character, room)) {
                    endWord();
                }
                pending.append(character);
            });
        }
    }

    private boolean fits(String more, int limit) {
        return length(pending + more) <= limit;
    }

    private void endWord() {
        if (!pending.isEmpty()) {
            var text = pending.toString();
            words.add((base64 ? B + base64(text) : Q + quoted(text)) + "?=");
            pending.setLength(0);
        }
        room = longest;
    }

    private int length(String text) {
        return length(text, base64);
    }

    private static int length(String text, boolean base64) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (base64) {
            return (bytes.length + 2) / 3 * 4;
        }
        int length = 0;
        for (byte octet : bytes) {
            length += isPlain(octet) || octet == ' ' ? 1 : 3;
        }
        return length;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet == ' ') {
                quoted.append('_');
            } else if (isPlain(octet)) {
                quoted.append((char) octet);
            } else {
                quoted.append('=').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
            }
        }
        return quoted.toString();
    }

    private static boolean isPlain(byte octet) {
        return Characters.isAlphanumeric(octet)
                || octet == '!'
                || octet == '*'
                || octet == '+'
                || octet == '-'
                || octet == '/';
    }
}
