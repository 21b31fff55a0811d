package org.merpati.lib.imap.response;

import java.util.List;
import java.util.Map;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.StatusItem;

/** What is said of mailboxes. */
public sealed interface MailboxResponse extends Response.Small {
    /** A line of LIST. */
    record Listed(List<String> attributes, MailboxName mailbox) implements MailboxResponse {
        public Listed {
            attributes = List.copyOf(attributes);
        }
    }

    /** The answer to {@code LIST "" ""}: the hierarchy's separator and its root. */
    record Root() implements MailboxResponse {}

    record MailboxStatus(MailboxName mailbox, Map<StatusItem, Long> values) implements MailboxResponse {}
}
