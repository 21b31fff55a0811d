package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.List;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.store.Messages.Message;

/** Keywords as IMAP flags (RFC 8621 §4.1.1, RFC 3501 §2.3.2). */
final class ImapFlags {
    /** What SELECT lists. */
    static final List<String> SYSTEM = List.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft");

    private ImapFlags() {}

    /** A message's flags: the system's first, keywords after them by name. */
    static List<String> of(Message message, boolean recent) {
        var flags = new ArrayList<String>();
        var keywords = message.keywords();
        if (keywords.contains(Keyword.ANSWERED)) {
            flags.add("\\Answered");
        }
        if (keywords.contains(Keyword.FLAGGED)) {
            flags.add("\\Flagged");
        }
        if (message.deleted()) {
            flags.add("\\Deleted");
        }
        if (keywords.contains(Keyword.SEEN)) {
            flags.add("\\Seen");
        }
        if (keywords.contains(Keyword.DRAFT)) {
            flags.add("\\Draft");
        }
        if (recent) {
            flags.add("\\Recent");
        }
        keywords.stream()
                .filter(keyword -> !system(keyword))
                .map(Keyword::name)
                .sorted()
                .forEach(flags::add);
        return flags;
    }

    private static boolean system(Keyword keyword) {
        return keyword.equals(Keyword.SEEN)
                || keyword.equals(Keyword.ANSWERED)
                || keyword.equals(Keyword.FLAGGED)
                || keyword.equals(Keyword.DRAFT);
    }
}
