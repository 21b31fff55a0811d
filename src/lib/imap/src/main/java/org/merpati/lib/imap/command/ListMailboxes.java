package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** LIST. RFC 3501 §6.3.8. Both decoded; the pattern with its wildcards {@code *} and {@code %}. */
public record ListMailboxes(String reference, String pattern) implements MailboxCommand {
    static ListMailboxes parse(CommandReader in) {
        var reference = in.space().listMailbox();
        var pattern = in.space().listMailbox();
        in.end();
        return new ListMailboxes(reference, pattern);
    }
}
