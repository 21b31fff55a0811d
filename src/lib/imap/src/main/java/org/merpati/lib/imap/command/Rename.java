package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** RENAME. RFC 9051 §6.3.6. */
public record Rename(MailboxName from, MailboxName to) implements MailboxCommand {
    static Rename parse(CommandReader in) {
        var from = in.space().mailbox();
        var to = in.space().mailbox();
        in.end();
        return new Rename(from, to);
    }
}
