package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** LSUB. RFC 3501 §6.3.9. Both decoded; the pattern with its wildcards {@code *} and {@code %}. */
public record ListSubscribed(String reference, String pattern) implements MailboxCommand {
    static ListSubscribed parse(CommandReader in) {
        var reference = in.space().listMailbox();
        var pattern = in.space().listMailbox();
        in.end();
        return new ListSubscribed(reference, pattern);
    }
}
