package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.merpati.core.api.mail.Keyword;
import org.merpati.lib.imap.command.Flags;

/** Keywords as IMAP flags (RFC 8621 §4.1.1, RFC 3501 §2.3.2). */
final class ImapFlags {
    /** What SELECT lists. */
    static final List<String> SYSTEM = List.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft");

    /** What SELECT says can be stored: those, and any keyword (RFC 3501 §7.1, PERMANENTFLAGS). */
    static final List<String> PERMANENT =
            Stream.concat(SYSTEM.stream(), Stream.of("\\*")).toList();

    private ImapFlags() {}

    /** What becomes keywords of the email; {@code \Deleted} is not among them. */
    static Set<Keyword> keywords(Flags flags) {
        var keywords = new TreeSet<Keyword>();
        flags.keywords().forEach(name -> keywords.add(new Keyword(name)));
        for (var flag : flags.system()) {
            switch (flag) {
                case ANSWERED -> keywords.add(Keyword.ANSWERED);
                case FLAGGED -> keywords.add(Keyword.FLAGGED);
                case SEEN -> keywords.add(Keyword.SEEN);
                case DRAFT -> keywords.add(Keyword.DRAFT);
                case DELETED -> {
                    // of the message's place in its mailbox: see deleted
                }
            }
        }
        return keywords;
    }

    /** Whether {@code \Deleted} is among them, which belongs to a message's place in one mailbox. */
    static boolean deleted(Flags flags) {
        return flags.system().contains(Flags.SystemFlag.DELETED);
    }

    /** A message's flags: the system's first, keywords after them by name. */
    static List<String> of(Set<Keyword> keywords, boolean deleted, boolean recent) {
        var flags = new ArrayList<String>();
        if (keywords.contains(Keyword.ANSWERED)) {
            flags.add("\\Answered");
        }
        if (keywords.contains(Keyword.FLAGGED)) {
            flags.add("\\Flagged");
        }
        if (deleted) {
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
        addOthers(flags, keywords);
        return flags;
    }

    /** The system's flags, and these. */
    static List<String> named(Set<Keyword> keywords) {
        var flags = new ArrayList<>(SYSTEM);
        addOthers(flags, keywords);
        return flags;
    }

    private static void addOthers(List<String> flags, Set<Keyword> keywords) {
        keywords.stream()
                .filter(keyword -> !isSystem(keyword))
                .sorted()
                .map(FlagSpelling::of)
                .forEach(flags::add);
    }

    static boolean isSystem(Keyword keyword) {
        return keyword.equals(Keyword.SEEN)
                || keyword.equals(Keyword.ANSWERED)
                || keyword.equals(Keyword.FLAGGED)
                || keyword.equals(Keyword.DRAFT);
    }
}
