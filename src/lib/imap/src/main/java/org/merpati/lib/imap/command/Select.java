package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** SELECT. RFC 3501 §6.3.1. */
public record Select(MailboxName mailbox) implements SignedInCommand {
    static Select parse(CommandReader in) {
        var mailbox = in.space().mailbox();
        in.end();
        return new Select(mailbox);
    }
}
