package org.merpati.core.store;

import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;

/**
 * The mailboxes of an account. Names are whole paths with {@code /}; INBOX is found in any case (RFC 9051 §5.1). Every
 * mailbox has its parents: they are made with it.
 */
public interface Mailboxes {
    /** An account has at most that many mailboxes. */
    int MOST = 10_000;

    /** A whole path has at most that many characters, in Unicode NFC. */
    int LONGEST_NAME = 1_000;

    /**
     * A mailbox and its counters, exact in the state that it was read in.
     *
     * @param role the JMAP role (RFC 8621 §2): inbox, drafts, sent, trash, junk, archive …; empty for none
     * @param sortOrder RFC 8621 §2; 0 unless somebody set it
     * @param unseen messages without {@code $seen}
     * @param deleted messages marked {@code \Deleted}
     * @param size the sum of the messages' sizes, in octets
     * @param modSeq of the last change in it
     */
    record Mailbox(
            MailboxId id,
            String name,
            String role,
            int sortOrder,
            UidValidity uidValidity,
            Uid uidNext,
            long messages,
            long unseen,
            long deleted,
            long size,
            ModSeq modSeq,
            boolean subscribed) {}

    /** All of the account's mailboxes, INBOX first, then by name. */
    List<Mailbox> list(AccountId account);

    Optional<Mailbox> find(AccountId account, String name);

    Optional<Mailbox> find(AccountId account, MailboxId id);

    /**
     * Names that are subscribed to though no such mailbox is left (RFC 9051 §6.3.9): a removed mailbox's subscription stays
     * until {@link #unsubscribe}, and is that of a mailbox made again under the name.
     */
    List<String> orphanedSubscriptions(AccountId account);

    /** False when nothing of that name was subscribed to. Also for names without a mailbox. */
    boolean unsubscribe(AccountId account, String name);

    /**
     * @param name the whole path; a trailing {@code /} is no part of it
     * @param role empty for none
     */
    record Creation(String name, String role, int sortOrder, boolean subscribed) {
        public static Creation named(String name) {
            return new Creation(name, "", 0, false);
        }
    }

    /** Makes the mailbox and those of its parents that are missing. Its uidvalidity is greater than any before it. */
    Attempt<Mailbox> create(AccountId account, Creation creation);

    /** What is to change; empty parts stay as they are. */
    record Update(
            Optional<String> name, Optional<String> role, Optional<Integer> sortOrder, Optional<Boolean> subscribed) {
        public static final Update NONE =
                new Update(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public static Update renaming(String name) {
            return new Update(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
        }

        public static Update subscribing(boolean subscribed) {
            return new Update(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(subscribed));
        }
    }

    /**
     * Changes a mailbox; its children are renamed with it, in a number of statements that does not depend on theirs. Missing
     * parents of a new name are made. Ids, uids and uidvalidity stay. INBOX keeps its name: {@code IS_INBOX}; IMAP's way of
     * renaming it (RFC 9051 §6.3.6) is {@link #create} and {@link Messages#move}.
     */
    Attempt<Mailbox> update(AccountId account, MailboxId mailbox, Update update);

    /**
     * Removes a mailbox and, when {@code withMessages}, what it holds: emails that no other mailbox holds are destroyed. At
     * most {@link Messages#BULK} messages go in one call.
     *
     * @return false when messages are left and the caller is to call again
     */
    Attempt<Boolean> remove(AccountId account, MailboxId mailbox, boolean withMessages);

    /**
     * What changed in the tree (RFC 8621 §2.2). A mailbox stands in one of the three lists at most.
     *
     * @param onlyCounts whether nothing but counters changed in those {@code updated}
     */
    record Changes(
            List<MailboxId> created,
            List<MailboxId> updated,
            List<MailboxId> destroyed,
            boolean onlyCounts,
            ModSeq state) {}

    /** Empty when the history does not reach back that far. */
    Optional<Changes> changes(AccountId account, ModSeq since);

    /** Those whose uid is {@code from} at least and less than {@code end}. */
    record Recent(Uid from, Uid end) {}

    /**
     * Takes the messages that no session has been told of as recent: they are {@code \Recent} in the caller's session and in no
     * later one (RFC 3501 §2.3.2). Empty when the mailbox is gone.
     */
    Optional<Recent> claimRecent(AccountId account, MailboxId mailbox);

    /** Messages with a lower uid have been taken by sessions of this node: from now on they are so for everybody. */
    void claimedRecent(AccountId account, MailboxId mailbox, Uid end);

    /** Where {@link #claimRecent} would begin, taking nothing: for EXAMINE and STATUS. */
    Optional<Uid> firstRecent(AccountId account, MailboxId mailbox);
}
