package org.merpati.lib.imap.command;

import java.util.List;
import java.util.Set;
import org.merpati.lib.imap.CommandReader;

/**
 * LIST. RFC 9051 §6.3.9, RFC 5258 §3. Names are decoded; patterns with their wildcards {@code *} and {@code %}.
 *
 * @param extended whether it is in the extended syntax, in which an empty pattern means nothing
 */
public record ListMailboxes(
        Set<ListSelection> selection, String reference, List<String> patterns, ListReturn returning, boolean extended)
        implements MailboxCommand {
    private static final int MOST_PATTERNS = 100;

    public ListMailboxes {
        selection = Set.copyOf(selection);
        patterns = List.copyOf(patterns);
    }

    static ListMailboxes parse(CommandReader in) {
        boolean selecting = in.space().nextIs('(');
        Set<ListSelection> selection = Set.of();
        if (selecting) {
            selection = ListSelection.parse(in);
            in.space();
        }
        var reference = in.listMailbox();
        boolean several = in.space().nextIs('(');
        var patterns = several ? in.list(MOST_PATTERNS, CommandReader::listMailbox) : List.of(in.listMailbox());
        boolean returns = in.accept(' ');
        var returning = ListReturn.NOTHING;
        if (returns) {
            if (!in.acceptWord("RETURN")) {
                throw in.expected("RETURN");
            }
            returning = ListReturn.parse(in.space());
        }
        in.end();
        return new ListMailboxes(selection, reference, patterns, returning, selecting || several || returns);
    }
}
