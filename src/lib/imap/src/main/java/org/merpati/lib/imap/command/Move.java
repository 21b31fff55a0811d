package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.MessageSet;

/** MOVE and UID MOVE. RFC 9051 §6.4.8, RFC 6851. */
public record Move(MessageSet messages, MailboxName target) implements SelectedCommand {
    static Move parse(CommandReader in) {
        var messages = in.space().messages();
        var target = in.space().mailbox();
        in.end();
        return new Move(messages, target);
    }
}
