package org.merpati.core.store.internal;

import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.store.Messages.Message;

/** An email's place in a mailbox, with what the mailbox counts of it. */
record Place(long mailbox, long uid, long email, boolean deleted, boolean seen, long size) {
    static Place of(MailboxId mailbox, Message message) {
        return new Place(
                mailbox.value(),
                message.uid().value(),
                message.email().value(),
                message.deleted(),
                message.keywords().contains(Keyword.SEEN),
                message.size());
    }

    /** The same email at another place. */
    Place at(long otherMailbox, long otherUid) {
        return new Place(otherMailbox, otherUid, email, deleted, seen, size);
    }

    /** Another email at the same place. */
    Place of(long otherEmail) {
        return new Place(mailbox, uid, otherEmail, deleted, seen, size);
    }
}
