package org.merpati.core.imap;

import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.command.EventGroup;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.command.MailboxFilter;
import org.merpati.lib.imap.command.NotifyEvent;

/**
 * What a client is told of its selected mailbox (RFC 5465 §3.1, §6.1).
 *
 * @param messages whether of those that come and go
 * @param flags whether of their flags
 * @param items what it is told of new messages
 * @param atOnce whether of those that go even while it gives no command
 */
record SelectedEvents(boolean messages, boolean flags, List<FetchItem> items, boolean atOnce) {
    /** What every client is told that has not given NOTIFY. */
    static final SelectedEvents USUAL = new SelectedEvents(true, true, List.of(), false);

    static final SelectedEvents NONE = new SelectedEvents(false, false, List.of(), false);

    SelectedEvents {
        items = List.copyOf(items);
    }

    /** No group for the selected mailbox is the same as one without events. */
    static SelectedEvents of(List<EventGroup> groups) {
        Optional<EventGroup> group =
                groups.stream().filter(EventGroup::ofSelected).findFirst();
        return group.map(asked -> new SelectedEvents(
                        asked.events().contains(NotifyEvent.MESSAGE_NEW),
                        asked.events().contains(NotifyEvent.FLAG_CHANGE),
                        asked.items(),
                        asked.mailboxes() == MailboxFilter.Group.SELECTED))
                .orElse(NONE);
    }

    /** The answer to a command says what comes and goes, whatever the client wants to be told besides. */
    SelectedEvents withMessages() {
        return messages ? this : new SelectedEvents(true, flags, items, atOnce);
    }
}
