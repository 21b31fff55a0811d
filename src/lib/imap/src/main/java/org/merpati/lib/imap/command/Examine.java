package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** EXAMINE. RFC 3501 §6.3.2. */
public record Examine(MailboxName mailbox) implements SignedInCommand {
    static Examine parse(CommandReader in) {
        var mailbox = in.space().mailbox();
        in.end();
        return new Examine(mailbox);
    }
}
