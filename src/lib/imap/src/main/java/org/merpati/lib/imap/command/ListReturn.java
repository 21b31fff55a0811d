package org.merpati.lib.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * What LIST is to tell of a mailbox beside what it always does: children and special uses. RFC 9051 §6.3.9.2, RFC 5819 §2.
 *
 * @param status nothing in it: no STATUS is wanted
 */
public record ListReturn(boolean subscribed, Set<StatusItem> status) {
    public static final ListReturn NOTHING = new ListReturn(false, Set.of());

    private static final int MOST = 20;

    public ListReturn {
        status = Set.copyOf(status);
    }

    /** list-return-opts after RETURN and its space. */
    static ListReturn parse(CommandReader in) {
        var found = new Found();
        in.listOrNone(MOST, found::option);
        return new ListReturn(found.subscribed, new TreeSet<>(found.status));
    }

    private static final class Found {
        private boolean subscribed;
        private final List<StatusItem> status = new ArrayList<>();

        private String option(CommandReader in) {
            int before = in.offset();
            var word = in.word("a return option");
            switch (word) {
                case "SUBSCRIBED" -> subscribed = true;
                case "STATUS" -> status.addAll(StatusItem.list(in.space()));
                case "CHILDREN", "SPECIAL-USE" -> {} // told of anyway
                default -> throw new ImapSyntaxException("a return option of LIST", before);
            }
            return word;
        }
    }
}
