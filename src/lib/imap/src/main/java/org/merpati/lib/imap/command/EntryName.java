package org.merpati.lib.imap.command;

import java.util.Locale;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/** The names of annotations' entries (RFC 5464 §3.2), in lower case as they are the same in any. */
final class EntryName {
    private static final int LONGEST = 255;

    private EntryName() {}

    /** An entry, or one that others are below. */
    static String parse(CommandReader in) {
        int before = in.offset();
        var name = in.text().toLowerCase(Locale.ROOT);
        boolean scoped = name.equals("/private")
                || name.equals("/shared")
                || name.startsWith("/private/")
                || name.startsWith("/shared/");
        if (!scoped
                || name.length() > LONGEST
                || name.endsWith("/")
                || name.contains("//")
                || !name.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '*' && c != '%')) {
            throw new ImapSyntaxException("an entry's name below /private or /shared", before);
        }
        return name;
    }

    /** An entry that can have a value: it has two components, and four where it is a vendor's (RFC 5464 §3.2). */
    static String parseOne(CommandReader in) {
        int before = in.offset();
        var name = parse(in);
        var parts = name.split("/", -1); // the first is nothing
        if (parts.length < 3 || (parts[2].equals("vendor") && parts.length < 5)) {
            throw new ImapSyntaxException("an entry's whole name", before);
        }
        return name;
    }
}
