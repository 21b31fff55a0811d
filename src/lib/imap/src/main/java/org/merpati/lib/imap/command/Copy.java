package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.MessageSet;

/** COPY and UID COPY. RFC 9051 §6.4.7. */
public record Copy(MessageSet messages, MailboxName target) implements SelectedCommand {
    static Copy parse(CommandReader in) {
        var messages = in.space().messages();
        var target = in.space().mailbox();
        in.end();
        return new Copy(messages, target);
    }
}
