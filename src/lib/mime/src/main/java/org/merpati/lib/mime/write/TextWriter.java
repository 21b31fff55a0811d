package org.merpati.lib.mime.write;

import java.util.ArrayList;
import java.util.List;

/** Text in a field: unstructured (RFC 5322 §2.2.1) or as a phrase (§3.2.5), plain where it can be, else as encoded words. */
final class TextWriter {
    private static final int LONGEST_PLAIN_WORD = 900;
    private static final int LONGEST_SPACE = 40;
    private static final int LONGEST_QUOTED = 70; // beyond, encoded words fold better
    private static final int LEAST_ROOM = 24;

    private final boolean utf8;

    TextWriter(boolean utf8) {
        this.utf8 = utf8;
    }

    private record Word(String space, String text, boolean encoded) {}

    /** Text with all its spaces. Neighbours that need encoding share encoded words: readers drop space between those. */
    void text(FieldLine line, String text) {
        var run = new StringBuilder();
        var runSpace = "";
        for (var word : words(text)) {
            if (word.encoded) {
                if (run.isEmpty()) {
                    runSpace = word.space;
                } else {
                    run.append(word.space);
                }
                run.append(word.text);
            } else {
                encoded(line, runSpace, run.toString());
                run.setLength(0);
                line.add(word.space, word.text);
            }
        }
        encoded(line, runSpace, run.toString());
    }

    /**
     * A name before an address: as it is, quoted, or as encoded words (RFC 2047 §5 (3)).
     *
     * @return whether these were needed, after which no special may follow without a space
     */
    boolean phrase(FieldLine line, String name) {
        Characters.requireOneLine(name);
        boolean edges = name.startsWith(" ") || name.endsWith(" ");
        var quoted = Characters.quoted(name);
        if (edges || needsEncoding(name) || quoted.length() > LONGEST_QUOTED) {
            encoded(line, " ", name);
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
    static void encoded(FieldLine line, String space, String text) {
        if (!text.isEmpty()) {
            int room = line.room() + 1 - space.length();
            int first = room < LEAST_ROOM ? EncodedWordWriter.LONGEST : Math.min(room, EncodedWordWriter.LONGEST);
            var words = EncodedWordWriter.words(text, first, EncodedWordWriter.LONGEST);
            line.add(space, words.get(0));
            words.stream().skip(1).forEach(line::add);
        }
    }

    boolean needsEncoding(String text) {
        return (!utf8 && !Characters.isAscii(text)) || text.contains("=?") || Characters.hasControl(text);
    }

    private static boolean isAtoms(String name) {
        for (var word : name.split(" ", -1)) {
            if (!Characters.isAtom(word)) {
                return false;
            }
        }
        return true;
    }

    /** The text at its spaces; those that would be lost or misread as they are become part of a word that is encoded. */
    private List<Word> words(String text) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            int word = at;
            while (at < text.length() && text.charAt(at) != ' ') {
                at++;
            }
            boolean lost =
                    start < word && (start == 0 || (at == text.length() && word == at) || word - start > LONGEST_SPACE);
            if (lost) {
                addWithSpaces(words, text.substring(start, word), text.substring(word, at));
            } else {
                var space = start == word ? " " : text.substring(start, word);
                words.add(word(space, text.substring(word, at), false));
            }
        }
        return words;
    }

    /** The first space stays between the words, where a field may be folded; the others are encoded. */
    private void addWithSpaces(List<Word> words, String spaces, String text) {
        if (words.isEmpty()) {
            words.add(word(" ", spaces + text, true));
        } else {
            var before = words.remove(words.size() - 1);
            words.add(word(before.space, before.text + spaces + text, true));
        }
    }

    private Word word(String space, String text, boolean encoded) {
        boolean tooLong = text.length() > LONGEST_PLAIN_WORD / 3;
        return new Word(space, text, encoded || tooLong || needsEncoding(text));
    }
}
