package org.merpati.core.store;

import java.time.Instant;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;

/** What is said to those who write to somebody who is away (RFC 8621 §8): one for an account, kept here and not acted on. */
public interface Absences {
    /** The characters of a subject. */
    int LONGEST_SUBJECT = 1_000;

    /** The characters of a body. */
    int LONGEST_BODY = 262_144;

    /**
     * @param starts from when on, if enabled; empty: now
     * @param ends until when; empty: for good
     * @param subject empty: the server's choice, like the bodies
     */
    record Absence(
            boolean enabled,
            Optional<Instant> starts,
            Optional<Instant> ends,
            Optional<String> subject,
            Optional<String> textBody,
            Optional<String> htmlBody) {
        public static final Absence NONE = new Absence(
                false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @param state no newer than the absence */
    record Found(Absence absence, ModSeq state) {}

    /** {@link Absence#NONE} where nobody has said anything. */
    Found find(AccountId account);

    /** False when there is no such account. */
    boolean set(AccountId account, Absence absence);
}
