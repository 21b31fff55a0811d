package org.merpati.lib.imap.command;

import java.util.Set;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** STATUS. RFC 9051 §6.3.11. */
public record StatusOf(MailboxName mailbox, Set<StatusItem> items) implements MailboxCommand {
    public StatusOf {
        items = Set.copyOf(items);
    }

    static StatusOf parse(CommandReader in) {
        var mailbox = in.space().mailbox();
        var items = StatusItem.list(in.space());
        in.end();
        return new StatusOf(mailbox, Set.copyOf(items));
    }
}
