package org.merpati.lib.mime.view;

import java.util.Optional;
import org.merpati.lib.mime.Header;

/** Fields as IMAP shows them: unfolded, encoded words left as they are. */
final class FieldText {
    private FieldText() {}

    /** The last field of that name. */
    static Optional<String> of(Header header, String name) {
        return header.last(name).map(field -> unfolded(field.raw()));
    }

    /** Without line ends and without space at its ends; a tab is a space (RFC 5322 §2.2.3). */
    static String unfolded(String raw) {
        var out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\t') {
                out.append(' ');
            } else if (c != '\r' && c != '\n' && c != 0) {
                out.append(c);
            }
        }
        return out.toString().strip();
    }
}
