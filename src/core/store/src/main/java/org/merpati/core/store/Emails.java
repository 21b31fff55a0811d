package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.store.index.MailboxIndex;
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

    /**
     * What those of these emails (at most {@link #PAGE}) contain that the account has; from memory, where it is there: then no
     * statement is sent, and an email that was destroyed a moment ago may be among them.
     */
    Map<EmailId, Contents> contents(AccountId account, List<EmailId> ids);

    /**
     * An email as clients that know no {@code \Deleted} see it (RFC 8621 §4.1.1): it is not in mailboxes where it is marked so.
     *
     * @param contents without structure and preview when they were not asked for
     */
    record Seen(Email email, Contents contents) {}

    /** @param state no newer than any of the emails */
    record Page(List<Seen> emails, ModSeq state) {}

    /**
     * Those of these ids that the account has and that are in a mailbox where they are not marked {@code \Deleted}, in any
     * order, in two statements. At most {@link #PAGE} ids.
     */
    Page read(AccountId account, List<EmailId> ids, boolean contents);

    /**
     * All mailboxes' messages in memory, as {@link Messages#index} has one's.
     *
     * @param state no newer than any of them
     */
    record Indexes(Map<MailboxId, MailboxIndex> mailboxes, ModSeq state) {}

    Indexes indexes(AccountId account);

    /** The account's state (RFC 8620 §1.6.2): changes with every change to its mail. */
    ModSeq state(AccountId account);

    /**
     * What changed (RFC 8621 §4.3). An email stands in one of the first three lists at most.
     *
     * @param returned those that were marked {@code \Deleted} everywhere and are no more: who sees nothing that is marked so sees
     *     them come back. They are {@code updated} too, here or further on
     * @param state up to which the lists tell; equal to {@link #state} unless there is {@code more}
     */
    record Changes(
            List<EmailId> created,
            List<EmailId> updated,
            List<EmailId> destroyed,
            List<EmailId> returned,
            ModSeq state,
            boolean more) {}

    /**
     * Empty when the history does not reach back that far.
     *
     * @param limit of ids in all lists together; one state's changes are never divided, so that a page may be longer
     */
    Optional<Changes> changes(AccountId account, ModSeq since, int limit);

    /** A change of the mailboxes that hold an email, as {@link KeywordPatch} changes keywords. */
    record MailboxPatch(boolean replace, Set<MailboxId> add, Set<MailboxId> remove) {
        public static final MailboxPatch NONE = new MailboxPatch(false, Set.of(), Set.of());

        public MailboxPatch {
            add = Set.copyOf(add);
            remove = Set.copyOf(remove);
        }
    }

    record Update(EmailId id, KeywordPatch keywords, MailboxPatch mailboxes) {}

    /**
     * Changes emails (at most {@link #PAGE}), each for itself: one refused does not hinder the others (RFC 8620 §5.3). An
     * email that leaves a mailbox leaves a tombstone of its uid there.
     *
     * @return an answer for each
     */
    Map<EmailId, Attempt<ModSeq>> update(AccountId account, List<Update> updates);

    /** Destroys emails (at most {@link #PAGE}) in all mailboxes; those destroyed. */
    List<EmailId> destroy(AccountId account, List<EmailId> ids);

    /** Adds an email to at least one mailbox (RFC 8621 §4.8). */
    Attempt<Email> add(AccountId account, NewEmail email, Set<MailboxId> mailboxes);

    /**
     * Copies an email of another account (RFC 8621 §4.7), octets shared.
     *
     * @param received empty: as it is in {@code from}
     */
    Attempt<Email> copy(
            AccountId from,
            EmailId email,
            AccountId to,
            Set<MailboxId> mailboxes,
            Set<Keyword> keywords,
            Optional<Instant> received);
}
