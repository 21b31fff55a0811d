package org.merpati.lib.imap.command;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * Which events of which mailboxes a client wants to be told (RFC 5465 §8, event-group).
 *
 * @param items what it wants to know of new messages in the selected mailbox
 * @param unknown names of events that this server does not know
 */
public record EventGroup(MailboxFilter mailboxes, Set<NotifyEvent> events, List<FetchItem> items, Set<String> unknown) {
    private static final int MOST_EVENTS = 20;
    private static final int MOST_ITEMS = 100;

    public EventGroup {
        events = Set.copyOf(events);
        items = List.copyOf(items);
        unknown = Set.copyOf(unknown);
    }

    /** Whether it is about the selected mailbox, whichever that is. */
    public boolean ofSelected() {
        return mailboxes == MailboxFilter.Group.SELECTED || mailboxes == MailboxFilter.Group.SELECTED_DELAYED;
    }

    /** Leniency: the RFC's own examples leave the parentheses around the events out. */
    static EventGroup parse(CommandReader in) {
        in.expect('(');
        int before = in.offset();
        var mailboxes = MailboxFilter.parse(in);
        in.space();
        var events = new Events();
        if (in.accept('(')) {
            events.read(in);
            in.expect(')');
        } else if (!in.acceptWord("NONE")) {
            events.read(in);
        }
        in.expect(')');
        var group = new EventGroup(mailboxes, events.known, events.items, events.unknown);
        group.check(before);
        return group;
    }

    /** What makes no sense is the client's error (RFC 5465 §5, §6.1, §8). */
    private void check(int at) {
        boolean comes = events.contains(NotifyEvent.MESSAGE_NEW);
        if (comes != events.contains(NotifyEvent.MESSAGE_EXPUNGE)) {
            throw new ImapSyntaxException("MessageNew and MessageExpunge together", at);
        }
        if (events.contains(NotifyEvent.FLAG_CHANGE) && !comes) {
            throw new ImapSyntaxException("MessageNew and MessageExpunge with FlagChange", at);
        }
        if (ofSelected() && !events.stream().allMatch(NotifyEvent::ofMessages)) {
            throw new ImapSyntaxException("events of messages only for the selected mailbox", at);
        }
        if (!ofSelected() && !items.isEmpty()) {
            throw new ImapSyntaxException("fetch items for the selected mailbox only", at);
        }
    }

    private static final class Events {
        final Set<NotifyEvent> known = EnumSet.noneOf(NotifyEvent.class);
        final Set<String> unknown = new TreeSet<>();
        List<FetchItem> items = List.of();

        void read(CommandReader in) {
            int count = 0;
            do {
                if (++count > MOST_EVENTS) {
                    throw in.expected("no more than " + MOST_EVENTS + " events");
                }
                var name = in.atom();
                var event = NotifyEvent.of(name);
                event.ifPresentOrElse(known::add, () -> unknown.add(name));
                if (event.isPresent() && event.get() == NotifyEvent.MESSAGE_NEW && in.accept(" (")) {
                    items = items(in);
                }
            } while (in.accept(' '));
        }

        private static List<FetchItem> items(CommandReader in) {
            var items = new ArrayList<FetchItem>();
            do {
                if (items.size() == MOST_ITEMS) {
                    throw in.expected("no more than " + MOST_ITEMS + " items");
                }
                items.add(FetchItem.parse(in));
            } while (in.accept(' '));
            in.expect(')');
            return items.stream().distinct().toList();
        }
    }
}
