package org.merpati.core.imap;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.NotifyEvent;
import org.merpati.lib.imap.command.StatusItem;
import org.merpati.lib.imap.response.MailboxResponse.MailboxStatus;
import org.merpati.lib.imap.response.MailboxResponse.StatusValue;

/** What STATUS says to a client that waits for news of another mailbox (RFC 5465 §3.1, §5.1 to §5.3). */
final class StatusNews {
    private StatusNews() {}

    /** What a client has to know that is told of changes from then on; nothing when it waits for no message. */
    static Set<StatusItem> all(Set<NotifyEvent> events) {
        var items = EnumSet.noneOf(StatusItem.class);
        if (events.contains(NotifyEvent.MESSAGE_NEW)) {
            items.addAll(EnumSet.of(StatusItem.MESSAGES, StatusItem.UIDNEXT, StatusItem.UIDVALIDITY));
        }
        if (events.contains(NotifyEvent.FLAG_CHANGE)) {
            items.addAll(EnumSet.of(StatusItem.UNSEEN, StatusItem.HIGHESTMODSEQ));
        }
        return items;
    }

    /** @param before null for one that is new */
    static Set<StatusItem> of(@Nullable Mailbox before, Mailbox now, Set<NotifyEvent> events, Enabled enabled) {
        boolean flags = events.contains(NotifyEvent.FLAG_CHANGE);
        if (before == null) {
            return now.messages() > 0 || flags ? all(events) : Set.of();
        }
        boolean messages = events.contains(NotifyEvent.MESSAGE_NEW)
                && (before.messages() != now.messages() || !before.uidNext().equals(now.uidNext()));
        boolean unseen = flags && before.unseen() != now.unseen();
        boolean changed = enabled.has(Feature.CONDSTORE) && !before.modSeq().equals(now.modSeq());
        var items = EnumSet.noneOf(StatusItem.class);
        if (messages) {
            items.addAll(EnumSet.of(StatusItem.MESSAGES, StatusItem.UIDNEXT));
        }
        if (unseen) {
            items.add(StatusItem.UNSEEN);
        }
        if (changed && (messages || flags)) {
            items.addAll(EnumSet.of(StatusItem.UIDVALIDITY, StatusItem.HIGHESTMODSEQ));
        }
        return items;
    }

    static MailboxStatus response(Mailbox mailbox, Set<StatusItem> items) {
        var values = new LinkedHashMap<StatusItem, StatusValue>();
        EnumSet.copyOf(items).forEach(item -> values.put(item, new StatusValue.Count(number(item, mailbox))));
        return new MailboxStatus(new MailboxName(mailbox.name()), values);
    }

    private static long number(StatusItem item, Mailbox mailbox) {
        return switch (item) {
            case MESSAGES -> mailbox.messages();
            case UIDNEXT -> mailbox.uidNext().value();
            case UIDVALIDITY -> mailbox.uidValidity().value();
            case UNSEEN -> mailbox.unseen();
            case HIGHESTMODSEQ -> mailbox.modSeq().value();
            default -> throw new IllegalArgumentException(item + " is not told unasked");
        };
    }
}
