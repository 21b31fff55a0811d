package org.merpati.lib.imap.response;

import java.io.IOException;

/** How what is said of mailboxes looks on the wire (RFC 9051 §7.3). */
final class MailboxWriter {
    private final ImapWriter out;

    MailboxWriter(ImapWriter out) {
        this.out = out;
    }

    void write(MailboxResponse response) throws IOException {
        switch (response) {
            case MailboxResponse.Listed listed ->
                out.raw("* LIST ").flags(listed.attributes()).raw(" \"/\" ").mailbox(listed.mailbox());
            case MailboxResponse.Root root -> out.raw("* LIST (\\Noselect) \"/\" \"\"");
            case MailboxResponse.MailboxStatus status -> status(status);
        }
    }

    private void status(MailboxResponse.MailboxStatus status) throws IOException {
        out.raw("* STATUS ").mailbox(status.mailbox()).raw(" (");
        var separator = "";
        for (var value : status.values().entrySet()) {
            out.raw(separator).raw(value.getKey().name()).raw(" ").number(value.getValue());
            separator = " ";
        }
        out.raw(")");
    }
}
