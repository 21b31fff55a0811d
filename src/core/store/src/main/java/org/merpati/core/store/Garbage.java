package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;

/** What is no longer needed, row by row, in short transactions: {@link Housekeeping} walks it. */
public interface Garbage {
    /** How many rows one call looks at or removes. */
    int BULK = 1_000;

    /** Accounts that were removed and have something left, in the order of their removal, at most {@link #BULK}. */
    List<AccountId> removed();

    /**
     * @param emails how many went
     * @param more whether the caller is to call again; otherwise nothing is left of the account
     */
    record Cleared(int emails, boolean more) {}

    /**
     * Takes away a part of what a removed account has left, in the end the account itself. A part is at most {@link
     * Messages#BULK} emails, and that many of each other kind of row; fewer emails where they are in very many mailboxes.
     * Nothing happens to an account that is there.
     */
    Cleared clear(AccountId account);

    /**
     * @param removed how many rows went
     * @param next where to go on; 0 when that was the end
     */
    record Swept(int removed, long next) {}

    /**
     * Looks at the next {@link #BULK} blobs and removes the rows of those that no email and no upload names and that were
     * stored, or found again by a delivery of the same octets, before that moment.
     */
    Swept sweep(long after, Instant before);

    /** @param octets that the segment's blobs take with all that belongs to their records */
    record Live(long blobs, long octets) {}

    /** What of a segment is named by rows. */
    Live live(long segment);

    /** The blobs of a segment behind that offset, in the order of their offsets, at most {@link #BULK}. */
    List<Blob> blobs(long segment, long after);

    record Move(BlobRef from, BlobRef to) {}

    /** Tells the rows where their octets are now. */
    void moved(List<Move> moves);

    /** In ascending order, at most {@link #BULK}. */
    List<AccountId> accounts(AccountId after);

    /**
     * Forgets the account's oldest tombstones where it has more than {@code keep} of a kind, some {@link #BULK} at once; from
     * then on whoever asks for changes since before them is told that they are not known.
     *
     * @return how many went; call again until it is none
     */
    int forget(AccountId account, int keep);
}
