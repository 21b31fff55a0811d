package org.merpati.lib.mime.view;

import java.util.Optional;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.field.EncodedWords;
import org.merpati.lib.mime.write.EncodedWordWriter;

/** Fields as IMAP shows them: unfolded, encoded words left as they are, in seven bits. */
final class FieldText {
    private FieldText() {}

    /** The last field of that name. */
    static Optional<String> of(Header header, String name) {
        return header.last(name).map(field -> unfolded(field.raw()));
    }

    /** Without space at its ends; a fold or a tab is one space (RFC 5322 §2.2.3). */
    static String unfolded(String raw) {
        int from = 0;
        int to = raw.length();
        while (to > 0 && (raw.charAt(to - 1) == '\n' || raw.charAt(to - 1) == '\r')) {
            to--;
        }
        while (from < to && raw.charAt(from) == ' ') {
            from++;
        }
        return isOneLine(raw, from, to) ? raw.substring(from, to).strip() : joined(raw);
    }

    private static boolean isOneLine(String raw, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '\r' || c == '\n' || c == '\t' || c == 0) {
                return false;
            }
        }
        return true;
    }

    private static String joined(String raw) {
        var out = new StringBuilder(raw.length());
        boolean folded = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean space = c == ' ' || c == '\t';
            if (c == '\r' || c == '\n') {
                folded = true;
            } else if (c != 0 && !(folded && space)) {
                if (folded) {
                    out.append(' ');
                }
                folded = false;
                out.append(space ? ' ' : c);
            }
        }
        return out.toString().strip();
    }

    /**
     * Text beyond ASCII as encoded words (RFC 2047): a client of IMAP4rev1 could not know what its octets mean. Text that is
     * ASCII is left as it stands.
     */
    static String encoded(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return EncodedWordWriter.encode(EncodedWords.decode(text));
            }
        }
        return text;
    }
}
