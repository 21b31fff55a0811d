package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** What STATUS can ask for (RFC 3501 §6.3.10, status-att). */
public enum StatusItem {
    MESSAGES,
    RECENT,
    UIDNEXT,
    UIDVALIDITY,
    UNSEEN;

    static StatusItem parse(CommandReader in) {
        int before = in.offset();
        var word = in.word("a status item");
        for (var item : values()) {
            if (item.name().equals(word)) {
                return item;
            }
        }
        throw new org.merpati.lib.imap.ImapSyntaxException("MESSAGES, RECENT, UIDNEXT, UIDVALIDITY or UNSEEN", before);
    }
}
