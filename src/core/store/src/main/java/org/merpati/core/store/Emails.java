package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.lib.mime.StoredStructure;

/** The emails of an account whatever mailboxes they are in: the view of JMAP (RFC 8621 §4). */
public interface Emails {
    /** How many ids one call takes or gives. */
    int PAGE = 500;

    record Email(
            EmailId id,
            ThreadId thread,
            Set<MailboxId> mailboxes,
            Set<Keyword> keywords,
            Instant received,
            long size,
            BlobRef blob) {}

    /** @param state the account's modseq that the result was read at */
    record Found(List<EmailId> ids, long total, ModSeq state) {}

    /**
     * Sorted by receivedAt and then id, so that the order is total.
     *
     * @param position of the first one wanted, from 0; negative counts from the end (RFC 8620 §5.5)
     * @param limit at most {@link #PAGE}
     */
    Found query(AccountId account, Optional<MailboxId> inMailbox, boolean ascending, long position, int limit);

    /** Those of these ids that the account has, in any order. At most {@link #PAGE} ids. */
    List<Email> get(AccountId account, List<EmailId> ids);

    /**
     * What was found in a message when it was read.
     *
     * @param structure its parts; its root is missing when the message has to be read again
     * @param preview its text's beginning (RFC 8621 §4.1.4)
     */
    record Contents(EmailId id, StoredStructure structure, String preview) {}

    /** Those of these ids that the account has, in any order. At most {@link #PAGE} ids. */
    List<Contents> contents(AccountId account, List<EmailId> ids);

    /** The account's state (RFC 8620 §1.6.2): changes with every change to its mail. */
    ModSeq state(AccountId account);
}
