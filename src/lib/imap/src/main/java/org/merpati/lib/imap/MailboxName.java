package org.merpati.lib.imap;

import java.util.Locale;
import org.merpati.lib.mime.charset.ModifiedUtf7;

/** A mailbox's name as people read it, hierarchy separator {@code /}; INBOX in any case is INBOX (RFC 3501 §5.1). */
public record MailboxName(String text) {
    public static final MailboxName INBOX = new MailboxName("INBOX");

    public MailboxName {
        // not equalsIgnoreCase: that one takes a dotless i for an I
        if (text.length() == 5 && text.toLowerCase(Locale.ROOT).equals("inbox")) {
            text = "INBOX";
        }
    }

    /**
     * From its form on the wire.
     *
     * @throws IllegalArgumentException when that is no modified UTF-7
     */
    public static MailboxName decode(String wire) {
        return new MailboxName(ModifiedUtf7.decode(wire));
    }

    /** Its form on the wire, in modified UTF-7; not yet an atom or a string. */
    public String encoded() {
        return ModifiedUtf7.encode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
