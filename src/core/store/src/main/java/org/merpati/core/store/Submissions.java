package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.SubmissionId;
import org.merpati.core.api.mail.ThreadId;

/**
 * What an account has handed over for sending (RFC 8621 §7): a record of it, made when it is on its way already, that has no
 * part in what becomes of it. Identity and email may be gone meanwhile.
 */
public interface Submissions {
    /** Of one account; where there are more, the oldest go. */
    int MOST = 500;

    /** How many one call gives whole. */
    int PAGE = 100;

    /** What was sent as whom and when. */
    record Sent(IdentityId identity, EmailId email, ThreadId thread, Instant sendAt) {}

    /**
     * @param envelope as the client has it, which nobody reads here
     * @param delivery what became of each recipient, likewise
     */
    record Submission(SubmissionId id, Sent sent, String envelope, String delivery) {}

    /** @param state no newer than any of them */
    record Page(List<Submission> submissions, ModSeq state) {}

    /** Those of these ids that the account has, in any order. At most {@link #PAGE} ids. */
    Page get(AccountId account, List<SubmissionId> ids);

    record Row(SubmissionId id, Sent sent) {}

    /** @param state no newer than any of them */
    record Listed(List<Row> rows, ModSeq state) {}

    /** All, in the order they were made. */
    Listed list(AccountId account);

    /** Empty when there is no such account. */
    Optional<SubmissionId> add(AccountId account, Sent sent, String envelope, String delivery);

    /** Forgets these (at most {@link #MOST}); those that were there. */
    List<SubmissionId> destroy(AccountId account, List<SubmissionId> ids);

    /** Empty when the history does not reach back that far. */
    Optional<Changes<SubmissionId>> changes(AccountId account, ModSeq since, int limit);
}
