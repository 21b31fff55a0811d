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
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.mime.StoredStructure;

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
     * @param saved when it came into this mailbox (RFC 8514 §3): delivered, appended, copied or moved; empty when it was there
     *     before the store kept this
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
            Optional<Instant> saved,
            long size,
            int headerSize,
            BlobRef blob) {
        /** The same message after its flags have changed. */
        public Message with(Flags flags) {
            return new Message(
                    uid,
                    email,
                    flags.modSeq(),
                    flags.deleted(),
                    flags.keywords(),
                    received,
                    saved,
                    size,
                    headerSize,
                    blob);
        }
    }

    /** The uids after {@code after}, ascending. Empty too when the mailbox is gone. At most 10,000 at once. */
    List<Uid> uids(AccountId account, MailboxId mailbox, Uid after);

    /**
     * What lists and searches need of all the mailbox's messages, as of now, in memory and shared. Empty when the mailbox is
     * gone, and when it has more messages than {@code cache.index-size} holds: then there are the pages.
     */
    Optional<MailboxIndex> index(AccountId account, MailboxId mailbox);

    /**
     * The same for a caller who keeps an index of its own, whatever the mailbox's size: where the shared one is too large or
     * was let go of, that is brought up to date. Empty only when the mailbox is gone.
     *
     * @param held {@link MailboxIndex#empty} the first time
     */
    Optional<MailboxIndex> index(AccountId account, MailboxId mailbox, MailboxIndex held);

    /** Messages with {@code after < uid <= last}, ascending. */
    List<Message> page(AccountId account, MailboxId mailbox, Uid after, Uid last);

    /** A message and what was found in it when it was read. */
    record Described(Message message, Emails.Contents contents) {}

    /** As {@link #page}, with the contents. */
    List<Described> described(AccountId account, MailboxId mailbox, Uid after, Uid last);

    /**
     * What searches read of a message beyond the {@link #index}.
     *
     * @param saved as in {@link Message}
     * @param structure {@link StoredStructure#NONE} when it was not asked for
     */
    record Scanned(Uid uid, Optional<Instant> saved, int headerSize, BlobRef blob, StoredStructure structure) {}

    /** Messages with {@code after < uid <= last}, ascending. */
    List<Scanned> scan(AccountId account, MailboxId mailbox, Uid after, Uid last, boolean structures);

    /**
     * The uids after {@code after} whose decoded subject contains the text, without regard to case (the JDK's
     * {@code String} folding and the database's agree for the characters mail uses; RFC 9051 §6.4.4 SUBJECT).
     */
    List<Uid> withSubject(AccountId account, MailboxId mailbox, String text, Uid after);

    /** How many messages one call changes, moves or expunges at most. */
    int BULK = 1_000;

    /**
     * A change of flags (RFC 9051 §6.4.6).
     *
     * @param deleted what becomes of {@code \Deleted}; empty: it stays
     */
    record FlagChange(KeywordPatch keywords, Optional<Boolean> deleted) {
        public static FlagChange adding(Keyword keyword) {
            return new FlagChange(KeywordPatch.adding(Set.of(keyword)), Optional.empty());
        }
    }

    /**
     * What STORE changes of a message: nothing else of it is read.
     *
     * @param modSeq of its last change
     * @param deleted whether it is marked {@code \Deleted} here
     */
    record Flags(Uid uid, ModSeq modSeq, boolean deleted, Set<Keyword> keywords) {}

    /**
     * @param messages those that have changed, as they are now, by uid
     * @param modified those left alone because they changed since {@code unchangedSince} (RFC 7162 §3.1.3)
     */
    record Changed(List<Flags> messages, List<Uid> modified) {}

    /**
     * Changes the flags of these messages (at most {@link #BULK}); keywords change in all mailboxes that hold the email.
     * Uids that are gone, and messages that have those flags already, are passed over.
     *
     * @param unchangedSince messages with a greater modseq are left alone; tested under the account's lock
     */
    Attempt<Changed> store(
            AccountId account, MailboxId mailbox, List<Uid> uids, FlagChange change, Optional<ModSeq> unchangedSince);

    /** Where messages went, uid by uid in the order of {@code from} (RFC 4315 §3 COPYUID); empty lists when none was there. */
    record Copied(UidValidity uidValidity, List<Uid> from, List<Uid> to) {}

    /**
     * Copies messages (at most {@link #BULK}): the target gets memberships of the same emails, or new emails of the same
     * blob where it holds them already. All or none; they keep flags and received dates.
     */
    Attempt<Copied> copy(AccountId account, MailboxId mailbox, List<Uid> uids, MailboxId target);

    /**
     * Moves messages (at most {@link #BULK}): RFC 6851. The emails stay the same; where the target holds one already it
     * becomes a new email there, as with {@link #copy}. {@code target} may be the mailbox itself: they get new uids.
     */
    Attempt<Copied> move(AccountId account, MailboxId mailbox, List<Uid> uids, MailboxId target);

    /**
     * @param uids what was expunged, ascending
     * @param more whether the caller is to call again, as one call takes at most {@link #BULK}
     */
    record Expunged(List<Uid> uids, ModSeq modSeq, boolean more) {}

    /**
     * Expunges messages that are marked {@code \Deleted}, {@code among} these uids (at most {@link #BULK}) or all of them
     * (RFC 4315 §2.1). An email that was in no other mailbox is destroyed.
     */
    Attempt<Expunged> expunge(AccountId account, MailboxId mailbox, Optional<List<Uid>> among);

    record Appended(MailboxId mailbox, UidValidity uidValidity, List<Uid> uids) {}

    /** Adds messages, all or none (RFC 3502 MULTIAPPEND); at most {@link #BULK}. */
    Attempt<Appended> append(AccountId account, MailboxId mailbox, List<NewEmail> emails);

    /** The same by the mailbox's name, as {@link Mailboxes#find(AccountId, String)} takes it. */
    Attempt<Appended> append(AccountId account, String mailbox, List<NewEmail> emails);

    /**
     * Puts a message into {@code target}, which may be the mailbox itself, and expunges another one, both or neither (RFC 8508
     * §3.4). The quota is asked for what it is more. {@code NO_SUCH_EMAIL} when the one to be replaced is gone.
     */
    Attempt<Appended> replace(AccountId account, MailboxId mailbox, Uid replaced, MailboxId target, NewEmail email);

    /**
     * The uids up to {@code last} that were expunged or moved away since {@code since}, ascending (RFC 7162 §3.2.10
     * VANISHED). Empty when the history does not reach back that far: then whatever is not there has vanished.
     */
    Optional<List<Uid>> vanished(AccountId account, MailboxId mailbox, ModSeq since, Uid last);
}
