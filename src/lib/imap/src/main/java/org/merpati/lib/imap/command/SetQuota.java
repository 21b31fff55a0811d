package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** SETQUOTA. RFC 9208 §4.1.3. Whatever the limits would be: they are read and not kept, as nobody may set them here. */
public record SetQuota(String root) implements MailboxCommand {
    private static final int MOST = 20;

    static SetQuota parse(CommandReader in) {
        var root = in.space().text();
        in.space().listOrNone(MOST, limit -> {
            limit.atom();
            return limit.space().number64();
        });
        in.end();
        return new SetQuota(root);
    }
}
