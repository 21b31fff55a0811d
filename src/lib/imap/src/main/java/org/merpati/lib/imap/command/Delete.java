package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** DELETE. RFC 9051 §6.3.5. */
public record Delete(MailboxName mailbox) implements MailboxCommand {
    static Delete parse(CommandReader in) {
        var mailbox = in.space().mailbox();
        in.end();
        return new Delete(mailbox);
    }
}
