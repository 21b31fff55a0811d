package org.merpati.lib.imap.command;

import java.util.List;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;

/**
 * REPLACE and UID REPLACE. RFC 8508 §3.
 *
 * @param replaced one number
 */
public record Replace(MessageSet replaced, MailboxName mailbox, AppendedMessage message) implements SelectedCommand {
    static Replace parse(CommandReader in) {
        var replaced = number(in.space());
        var mailbox = in.space().mailbox();
        var message = AppendedMessage.parse(in);
        in.end();
        return new Replace(replaced, mailbox, message);
    }

    private static MessageSet number(CommandReader in) {
        long number = in.accept('*') ? NumberRange.STAR : in.nzNumber();
        var range = List.of(new NumberRange(number, number));
        return in.byUid() ? new MessageSet.UidSet(range) : new MessageSet.SequenceSet(range);
    }

    /** After the verb: where the message goes. */
    public static MailboxName target(CommandReader in) {
        var unused = number(in.space());
        return in.space().mailbox();
    }
}
