package org.merpati.core.store;

import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;

/** The mailboxes of an account. Names are whole paths with {@code /}; INBOX is found in any case (RFC 9051 §5.1). */
public interface Mailboxes {
    /**
     * A mailbox and its counters, exact in the state that it was read in.
     *
     * @param role the JMAP role (RFC 8621 §2): inbox, drafts, sent, trash, junk, archive; empty for none
     * @param unseen messages without {@code $seen}
     * @param size the sum of the messages' sizes, in octets
     * @param modSeq of the last change in it
     */
    record Mailbox(
            MailboxId id,
            String name,
            String role,
            UidValidity uidValidity,
            Uid uidNext,
            long messages,
            long unseen,
            long size,
            ModSeq modSeq,
            boolean subscribed) {}

    /** All of the account's mailboxes, INBOX first, then by name. */
    List<Mailbox> list(AccountId account);

    Optional<Mailbox> find(AccountId account, String name);

    Optional<Mailbox> find(AccountId account, MailboxId id);

    /**
     * Takes the messages that no session has been told of as recent: those from the returned uid up to {@code uidNext}
     * are {@code \Recent} in the caller's session and in no later one (RFC 3501 §2.3.2). Empty when the mailbox is gone.
     */
    Optional<Uid> claimRecent(AccountId account, MailboxId mailbox);

    /** Where {@link #claimRecent} would begin, taking nothing: for EXAMINE and STATUS. */
    Optional<Uid> firstRecent(AccountId account, MailboxId mailbox);
}
