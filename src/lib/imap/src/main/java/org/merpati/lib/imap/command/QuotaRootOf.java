package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** GETQUOTAROOT. RFC 9208 §4.1.2. */
public record QuotaRootOf(MailboxName mailbox) implements MailboxCommand {
    static QuotaRootOf parse(CommandReader in) {
        var mailbox = in.space().mailbox();
        in.end();
        return new QuotaRootOf(mailbox);
    }
}
