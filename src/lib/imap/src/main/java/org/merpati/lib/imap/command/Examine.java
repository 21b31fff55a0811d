package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** EXAMINE. RFC 9051 §6.3.3. */
public record Examine(MailboxName mailbox, SelectOptions options) implements SignedInCommand {
    static Examine parse(CommandReader in) {
        return new Examine(in.space().mailbox(), SelectOptions.parse(in));
    }
}
