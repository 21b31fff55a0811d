package org.merpati.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.SubmissionId;
import org.merpati.core.api.mail.ThreadId;

/**
 * What an account has handed over for sending (RFC 8621 §7): of what is with its recipients, a record; of what waits
 * (RFC 4865), the octets as well, whatever becomes of the email. Identity and email may be gone meanwhile.
 */
public interface Submissions {
    /** Of one account; where there are more, the oldest go that wait no longer. */
    int MOST = 500;

    /** How many one call gives whole. */
    int PAGE = 100;

    /** How long a server has for sending one before another one takes it for stopped. */
    Duration CLAIM = Duration.ofMinutes(10);

    enum Status {
        /** It waits, or is being sent. */
        PENDING,
        FINAL,
        CANCELED
    }

    /** What was sent, or is to be sent, as whom and when. */
    record Sent(IdentityId identity, EmailId email, ThreadId thread, Instant sendAt) {}

    /**
     * @param envelope as the client has it, which nobody reads here
     * @param delivery what became of each recipient, likewise
     */
    record Submission(SubmissionId id, Sent sent, Status status, String envelope, String delivery) {}

    /** @param state no newer than any of them */
    record Page(List<Submission> submissions, ModSeq state) {}

    /** Those of these ids that the account has, in any order. At most {@link #PAGE} ids. */
    Page get(AccountId account, List<SubmissionId> ids);

    record Row(SubmissionId id, Sent sent, Status status) {}

    /** @param state no newer than any of them */
    record Listed(List<Row> rows, ModSeq state) {}

    /** All, in the order they were made. */
    Listed list(AccountId account);

    /** One that was sent. {@code OVER_QUOTA} where all there may be wait. */
    Attempt<SubmissionId> add(AccountId account, Sent sent, String envelope, String delivery);

    /** One that waits until its time has come. {@code NO_SUCH_EMAIL} when its email is gone. */
    Attempt<SubmissionId> hold(AccountId account, Sent sent, String envelope, String delivery);

    /** False when it does not wait any more: it may have been sent. */
    boolean cancel(AccountId account, SubmissionId id, String delivery);

    /** @param address the account's own */
    record Due(AccountId account, EmailAddress address, SubmissionId id, String envelope, BlobRef blob) {}

    /**
     * Some whose time has come, which are the caller's to send until {@link #CLAIM} is over. From now on they can't be canceled.
     *
     * @param limit how many at most
     */
    List<Due> claim(int limit);

    /** What the caller has claimed is done with. */
    void settle(AccountId account, SubmissionId id, String delivery);

    /** Forgets these (at most {@link #MOST}) but for what waits; those that are gone. */
    List<SubmissionId> destroy(AccountId account, List<SubmissionId> ids);

    /** Empty when the history does not reach back that far. */
    Optional<Changes<SubmissionId>> changes(AccountId account, ModSeq since, int limit);
}
