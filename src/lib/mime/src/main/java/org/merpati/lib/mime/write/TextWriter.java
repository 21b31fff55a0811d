package org.merpati.lib.mime.write;

import java.util.ArrayList;
import java.util.List;

/** Text in a field: unstructured (RFC 5322 §2.2.1) or as a phrase (§3.2.5), plain where it can be, else as encoded words. */
final class TextWriter {
    private static final int LONGEST_PLAIN_WORD = 300; // in UTF-8 three octets each, on a line of 998
    private static final int LONGEST_QUOTED = 70; // beyond, encoded words fold better
    private static final int LEAST_ROOM = 24;

    private final boolean utf8;

    TextWriter(boolean utf8) {
        this.utf8 = utf8;
    }

    /** Text with all its spaces. Neighbours that need encoding share encoded words: readers drop space between those. */
    void text(FieldLine line, String text) {
        var run = new StringBuilder();
        for (var word : words(text)) {
            if (isPlain(word)) {
                encoded(line, run.toString());
                run.setLength(0);
                line.add(word);
            } else {
                run.append(run.isEmpty() ? "" : " ").append(word);
            }
        }
        encoded(line, run.toString());
    }

    /**
     * A name before an address: as it is, quoted, or as encoded words (RFC 2047 §5 (3)).
     *
     * @return whether these were needed, after which no special may follow without a space
     */
    boolean phrase(FieldLine line, String name) {
        Characters.requireOneLine(name);
        boolean edges = !name.equals(name.strip());
        var quoted = Characters.quoted(name);
        if (edges || needsEncoding(name) || quoted.length() > LONGEST_QUOTED) {
            encoded(line, name);
            return true;
        }
        if (isAtoms(name)) {
            for (var atom : name.split(" ", -1)) {
                line.add(atom);
            }
        } else {
            line.add(quoted);
        }
        return false;
    }

    /** Encoded words for all of the text; nothing for none. */
    private static void encoded(FieldLine line, String text) {
        if (!text.isEmpty()) {
            int room = line.room();
            int first = room < LEAST_ROOM ? EncodedWordWriter.LONGEST : Math.min(room, EncodedWordWriter.LONGEST);
            EncodedWordWriter.words(text, first, EncodedWordWriter.LONGEST).forEach(line::add);
        }
    }

    boolean needsEncoding(String text) {
        return (!utf8 && !Characters.isAscii(text))
                || text.contains("=?")
                || Characters.hasControl(text.replace('\t', ' '));
    }

    private static boolean isAtoms(String name) {
        for (var word : name.split(" ", -1)) {
            if (!Characters.isAtom(word)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The text at its single spaces, the places where it may be folded: of a fold with more around it, some readers make one space.
     * Other white space is within the words.
     */
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        int from = 0;
        for (int at = 1; at < text.length() - 1; at++) {
            if (text.charAt(at) == ' ' && !isSpace(text.charAt(at - 1)) && !isSpace(text.charAt(at + 1))) {
                words.add(text.substring(from, at));
                from = at + 1;
            }
        }
        if (!text.isEmpty()) {
            words.add(text.substring(from));
        }
        return words;
    }

    private boolean isPlain(String word) {
        boolean edges = isSpace(word.charAt(0)) || isSpace(word.charAt(word.length() - 1));
        int longest = word.chars().anyMatch(TextWriter::isSpace) ? LONGEST_QUOTED : LONGEST_PLAIN_WORD;
        return !edges && word.length() <= longest && !needsEncoding(word);
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t';
    }
}
