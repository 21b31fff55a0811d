package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** SELECT. RFC 9051 §6.3.2. */
public record Select(MailboxName mailbox, SelectOptions options) implements SignedInCommand {
    static Select parse(CommandReader in) {
        return new Select(in.space().mailbox(), SelectOptions.parse(in));
    }
}
