package org.merpati.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.UploadId;

/** Octets that a client has uploaded and not used yet (RFC 8620 §6.1). They expire; what they were used for stays. */
public interface Uploads {
    /** How long an upload is kept at least (RFC 8620 §6.1 asks for an hour). */
    Duration KEPT = Duration.ofHours(24);

    /** What one account may have waiting, in octets. */
    long MOST_OCTETS = 512L << 20;

    /** What one account may have waiting. */
    int MOST = 1_000;

    /** @param type the media type that the client named */
    record Upload(UploadId id, String type, BlobRef blob, Instant expires) {}

    /**
     * The blob is on stable storage already. Where too much of the account waits, the oldest make room (RFC 8620 §6);
     * {@code OVER_QUOTA} when it alone is too much.
     */
    Attempt<Upload> add(AccountId account, Blob blob, String type);

    /** Empty when it is another account's or has expired. */
    Optional<Upload> find(AccountId account, UploadId id);

    /** Removes what has expired, at most {@link Messages#BULK} at once; how many went. */
    int expire();
}
