package org.merpati.lib.imap.command;

import java.util.List;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MailboxName;

/** Which mailboxes are meant (RFC 5465 §6, filter-mailboxes, and RFC 7377 §2.2). */
public sealed interface MailboxFilter {
    enum Group implements MailboxFilter {
        SELECTED,
        /** The same for NOTIFY, with EXPUNGE only where it may be sent without; searches have no such thing (RFC 7377 §2.2). */
        SELECTED_DELAYED,
        /** Those that mail is delivered to. */
        INBOXES,
        PERSONAL,
        SUBSCRIBED
    }

    record Named(List<MailboxName> mailboxes) implements MailboxFilter {
        public Named {
            mailboxes = List.copyOf(mailboxes);
        }
    }

    /** @param one whether only children are meant, not theirs */
    record Subtree(List<MailboxName> roots, boolean one) implements MailboxFilter {
        public Subtree {
            roots = List.copyOf(roots);
        }
    }

    int MOST = 100;

    static MailboxFilter parse(CommandReader in) {
        int before = in.offset();
        var name = in.word("which mailboxes");
        return switch (name) {
            case "SELECTED" -> Group.SELECTED;
            case "SELECTED-DELAYED" -> Group.SELECTED_DELAYED;
            case "INBOXES" -> Group.INBOXES;
            case "PERSONAL" -> Group.PERSONAL;
            case "SUBSCRIBED" -> Group.SUBSCRIBED;
            case "MAILBOXES" -> new Named(names(in));
            case "SUBTREE" -> new Subtree(names(in), false);
            case "SUBTREE-ONE" -> new Subtree(names(in), true);
            default -> throw new ImapSyntaxException("which mailboxes", before);
        };
    }

    private static List<MailboxName> names(CommandReader in) {
        in.space();
        return in.nextIs('(') ? in.list(MOST, CommandReader::mailbox) : List.of(in.mailbox());
    }
}
