package org.merpati.lib.mime.write;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parameters of Content-Type and Content-Disposition: plain, quoted, or by RFC 2231 §3 and §4. */
final class ParameterWriter {
    private static final int LONGEST = FieldLine.FOLD - 2; // a space before, a semicolon behind
    private static final String HEX = "0123456789ABCDEF";

    private final boolean utf8;

    ParameterWriter(boolean utf8) {
        this.utf8 = utf8;
    }

    void add(FieldLine line, String name, String value) {
        require(name, value);
        var plain = name + '=' + (Characters.isToken(value) ? value : Characters.quoted(value));
        if (isPlain(value) && plain.length() <= LONGEST) {
            line.join(";").add(plain);
        } else {
            segments(name, value).forEach(segment -> line.join(";").add(segment));
        }
    }

    /**
     * A value that readers expect as encoded words in quotes where it is not short and ASCII: against RFC 2047 §5, but the one form
     * that the {@code name} of Content-Type has always had.
     */
    void addEncodedInQuotes(FieldLine line, String name, String value) {
        require(name, value);
        var plain = name + '=' + Characters.quoted(value);
        if (isPlain(value) && plain.length() <= LONGEST) {
            line.join(";").add(plain);
            return;
        }
        var words = EncodedWordWriter.words(value, LONGEST - name.length() - 3, LONGEST - 1);
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i) + (i == words.size() - 1 ? "\"" : "");
            if (i == 0) {
                line.join(";").add(name + "=\"" + word);
            } else {
                line.add(word);
            }
        }
    }

    private static void require(String name, String value) {
        if (!Characters.isToken(name)) {
            throw new IllegalArgumentException("not a parameter's name: " + Characters.shown(name));
        }
        Characters.requireOneLine(value);
    }

    private boolean isPlain(String value) {
        return !new TextWriter(utf8).needsEncoding(value) && value.indexOf('\t') < 0;
    }

    /** RFC 2231 §4.1: one extended value, or as many numbered ones as it takes. */
    private static List<String> segments(String name, String value) {
        var encoded = value.codePoints().mapToObj(ParameterWriter::percent).toList();
        var whole = name + "*=utf-8''" + String.join("", encoded);
        if (whole.length() <= LONGEST) {
            return List.of(whole);
        }
        var segments = new ArrayList<String>();
        var segment = new StringBuilder(name).append("*0*=utf-8''");
        for (var character : encoded) {
            if (segment.length() + character.length() > LONGEST) {
                segments.add(segment.toString());
                segment = new StringBuilder(name)
                        .append('*')
                        .append(segments.size())
                        .append("*=");
            }
            segment.append(character);
        }
        segments.add(segment.toString());
        return segments;
    }

    /** A character as {@code attribute-char} or percent-encoded. */
    private static String percent(int codePoint) {
        boolean plain =
                Characters.isAlphanumeric(codePoint) || codePoint == '.' || codePoint == '-' || codePoint == '_';
        var character = Character.toString(codePoint);
        if (plain) {
            return character;
        }
        var encoded = new StringBuilder();
        for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
            encoded.append('%').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
        }
        return encoded.toString();
    }
}
