package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** NAMESPACE. RFC 9051 §6.3.10. */
public record Namespace() implements MailboxCommand {
    static Namespace parse(CommandReader in) {
        in.end();
        return new Namespace();
    }
}
