package org.merpati.core.imap;

import java.util.Optional;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.MailboxFilter;

/** Which mailboxes a filter means (RFC 5465 §6, RFC 7377 §2.2). */
final class MailboxFilters {
    private MailboxFilters() {}

    static boolean means(MailboxFilter filter, Mailbox mailbox, Optional<MailboxId> selected) {
        return switch (filter) {
            case MailboxFilter.Group group ->
                switch (group) {
                    case SELECTED, SELECTED_DELAYED ->
                        selected.map(now -> now.equals(mailbox.id())).orElse(false);
                    case INBOXES -> mailbox.role().equals("inbox");
                    case PERSONAL -> true;
                    case SUBSCRIBED -> mailbox.subscribed();
                };
            case MailboxFilter.Named(var names) -> names.contains(new MailboxName(mailbox.name()));
            case MailboxFilter.Subtree(var roots, var one) ->
                roots.stream().anyMatch(root -> isBelow(mailbox.name(), root.text(), one));
        };
    }

    private static boolean isBelow(String name, String root, boolean one) {
        return new MailboxName(name).equals(new MailboxName(root))
                || (name.startsWith(root + "/") && !(one && name.indexOf('/', root.length() + 1) >= 0));
    }
}
