package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;

/**
 * The messages of one mailbox in the order of their uids: the view of IMAP and POP3. Every list comes in pages of at most
 * {@link #PAGE}; the next page begins after the last uid of the one before.
 */
public interface Messages {
    int PAGE = 500;

    /**
     * A message as it stands in one mailbox.
     *
     * @param modSeq of its last change
     * @param deleted whether it is marked {@code \Deleted} here
     * @param received INTERNALDATE, receivedAt
     * @param size of the whole message in octets (RFC822.SIZE)
     * @param headerSize octets up to and with the empty line that ends the header
     */
    record Message(
            Uid uid,
            EmailId email,
            ModSeq modSeq,
            boolean deleted,
            Set<Keyword> keywords,
            Instant received,
            long size,
            int headerSize,
            BlobRef blob) {}

    /** The uids after {@code after}, ascending. Empty too when the mailbox is gone. At most 10,000 at once. */
    List<Uid> uids(AccountId account, MailboxId mailbox, Uid after);

    /** Messages with {@code after < uid <= last}, ascending. */
    List<Message> page(AccountId account, MailboxId mailbox, Uid after, Uid last);

    /** Messages changed or added since {@code since}, by modseq; ask again from the last one's modseq while it is full. */
    List<Message> changed(AccountId account, MailboxId mailbox, ModSeq since);

    /**
     * The uids after {@code after} whose decoded subject contains the text, without regard to case (the JDK's
     * {@code String} folding and the database's agree for the characters mail uses; RFC 9051 §6.4.4 SUBJECT).
     */
    List<Uid> withSubject(AccountId account, MailboxId mailbox, String text, Uid after);

    /**
     * Adds a keyword to these messages (at most {@link #PAGE}), in all mailboxes that hold them. Uids that are gone or
     * have it already are passed over.
     *
     * @return the messages that changed, as they are now
     */
    List<Message> addKeyword(AccountId account, MailboxId mailbox, List<Uid> uids, Keyword keyword);
}
