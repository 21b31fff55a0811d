package org.merpati.core.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;

/**
 * Conversations (RFC 8621 §3): emails of one account belong together when they share a message-id in Message-ID,
 * In-Reply-To or References and have the same base subject (RFC 5256 §2.1). An email that arrives late and belongs to several
 * threads makes one of them.
 */
public interface Threads {
    /**
     * The emails of each of these threads (at most {@link Emails#PAGE}) that there are, oldest received first, as
     * {@link Emails#read} sees them.
     */
    Map<ThreadId, List<EmailId>> emails(AccountId account, List<ThreadId> threads);

    record Changes(
            List<ThreadId> created, List<ThreadId> updated, List<ThreadId> destroyed, ModSeq state, boolean more) {}

    /** As {@link Emails#changes}: which threads have gained or lost emails (RFC 8621 §3.2). */
    Optional<Changes> changes(AccountId account, ModSeq since, int limit);
}
