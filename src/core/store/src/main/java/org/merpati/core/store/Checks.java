package org.merpati.core.store;

import java.util.List;
import java.util.Optional;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;

/**
 * Holds the rows against the invariants of this package, a bounded piece at a time; {@link StoreCheck} walks the whole.
 *
 * <p>It works beside the server's other work. Each rule is one statement, which sees one committed state, so that nothing
 * is reported that only looks wrong while somebody changes it. Whoever repairs holds the account's lock and looks again
 * under it; an account that is well is never locked.
 */
public interface Checks {
    /** How many rows one call looks at or reports at most. */
    int PAGE = 1_000;

    enum Kind {
        /** A counter of a mailbox is not what its memberships say. */
        MAILBOX_COUNTER,
        /** A counter of an account is not what its emails say. */
        ACCOUNT_COUNTER,
        /** A uid that is or was given is not below uid_next. */
        UID_NEXT,
        /** Two mailboxes share a uidvalidity, or the account would give one again. */
        UID_VALIDITY,
        /** A modseq is greater than that of what holds it. */
        MODSEQ,
        /** A membership's email, or its mailbox, is not there or another account's. */
        MEMBERSHIP,
        /** An email in no mailbox. */
        NO_MEMBERSHIP,
        /** A message, an email or a mailbox stands among what is no more. */
        TOMBSTONE,
        /** A thread's key of which there is neither an email nor a tombstone. */
        THREAD_KEY,
        /** Keywords not in the form that the store writes. */
        KEYWORDS,
        /** An email's size is not that of its octets. */
        SIZE,
        /** An account without INBOX. */
        NO_INBOX,
        /** The index in this server's memory is not what the mailbox's rows say; it is dropped and read anew. */
        INDEX,
        /** An email's octets are not there or are damaged: what can't be repaired, and is never removed. */
        BLOB
    }

    /**
     * @param account its address; empty when it belongs to none
     * @param what the thing that is wrong
     * @param repaired whether it was put right; that is committed when the caller sees it
     */
    record Finding(Kind kind, String account, String what, String expected, String found, boolean repaired) {}

    record Named(AccountId id, String address) {}

    /** In ascending order of ids, at most {@link #PAGE}. */
    List<Named> accounts(AccountId after);

    /** Where a page of emails ended. */
    record Place(long received, EmailId email) {
        public static final Place START = new Place(Long.MIN_VALUE, new EmailId(0));
    }

    /** @param next empty when that was the last page */
    record Emails(int emails, List<Finding> findings, Optional<Place> next) {}

    /** The next {@link #PAGE} emails, each row for itself. */
    Emails emails(Named account, Place after, boolean repair);

    /**
     * What the account's rows say of one another. At most {@link #PAGE} findings of a kind; a repair that may have left
     * some is to be called again.
     */
    List<Finding> account(Named account, boolean repair);

    /**
     * Holds the indexes that are in this server's memory against the rows. A mailbox that changes all the while is passed
     * over. To be called with no transaction open.
     */
    List<Finding> indexes(Named account, boolean repair);

    /** @param used whether an email or an upload names it */
    record StoredBlob(long id, BlobRef ref, String sha256, boolean used) {}

    /** In ascending order of ids, at most {@link #PAGE}. */
    List<StoredBlob> blobs(long after);

    /** As it is now; empty when it is gone. */
    Optional<StoredBlob> blob(long id);

    /** An account that has an email with these octets; empty when none has. */
    Optional<Named> owner(long blob);

    /** Uploads that have expired and wait to be removed. */
    long expiredUploads();

    /** Accounts that were removed and have something left. */
    long removedAccounts();
}
