package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/**
 * SUBSCRIBE and UNSUBSCRIBE. RFC 9051 §6.3.7 and §6.3.8.
 *
 * @param subscribed what is to be
 */
public record Subscribe(MailboxName mailbox, boolean subscribed) implements MailboxCommand {
    static Subscribe parse(CommandReader in) {
        return parse(in, true);
    }

    static Subscribe parseUnsubscribe(CommandReader in) {
        return parse(in, false);
    }

    private static Subscribe parse(CommandReader in, boolean subscribed) {
        var mailbox = in.space().mailbox();
        in.end();
        return new Subscribe(mailbox, subscribed);
    }
}
