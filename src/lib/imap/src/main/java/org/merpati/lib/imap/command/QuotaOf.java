package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** GETQUOTA. RFC 9208 §4.1.1. */
public record QuotaOf(String root) implements MailboxCommand {
    static QuotaOf parse(CommandReader in) {
        var root = in.space().text();
        in.end();
        return new QuotaOf(root);
    }
}
