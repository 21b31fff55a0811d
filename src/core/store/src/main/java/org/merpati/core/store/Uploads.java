package org.merpati.core.store;

import java.time.Instant;
import java.util.Optional;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.UploadId;

/**
 * Octets that a client has uploaded and not used yet (RFC 8620 §6.1). They expire after {@code jmap.upload-keep}; what they were
 * used for stays.
 */
public interface Uploads {
    /** @param type the media type that the client named */
    record Upload(UploadId id, String type, BlobRef blob, Instant expires) {}

    /**
     * The blob is on stable storage already. Where more of the account waits than {@code jmap.upload-size} and {@code
     * jmap.upload-files} allow, the oldest make room (RFC 8620 §6); {@code OVER_QUOTA} when it alone is too much.
     */
    Attempt<Upload> add(AccountId account, Blob blob, String type);

    /** Empty when it is another account's or has expired. */
    Optional<Upload> find(AccountId account, UploadId id);

    /** Removes what has expired, at most {@link Messages#BULK} at once; how many went. */
    int expire();
}
