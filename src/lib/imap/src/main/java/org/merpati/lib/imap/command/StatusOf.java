package org.merpati.lib.imap.command;

import java.util.Set;
import java.util.TreeSet;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** STATUS. RFC 3501 §6.3.10. */
public record StatusOf(MailboxName mailbox, Set<StatusItem> items) implements MailboxCommand {
    static StatusOf parse(CommandReader in) {
        var mailbox = in.space().mailbox();
        var items = in.space().list(50, StatusItem::parse);
        in.end();
        return new StatusOf(mailbox, new TreeSet<>(items));
    }
}
