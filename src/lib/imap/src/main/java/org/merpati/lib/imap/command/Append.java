package org.merpati.lib.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;

/** APPEND. RFC 9051 §6.3.12, RFC 3502. At most 1,000 messages. */
public record Append(MailboxName mailbox, List<AppendedMessage> messages) implements SignedInCommand {
    private static final int MOST = 1_000;

    public Append {
        messages = List.copyOf(messages);
    }

    static Append parse(CommandReader in) {
        var mailbox = target(in);
        var messages = new ArrayList<AppendedMessage>();
        do {
            if (messages.size() == MOST) {
                throw in.expected("no more than " + MOST + " messages");
            }
            messages.add(AppendedMessage.parse(in));
        } while (!in.atEnd());
        return new Append(mailbox, messages);
    }

    /** After the verb: where the messages go. */
    public static MailboxName target(CommandReader in) {
        return in.space().mailbox();
    }
}
