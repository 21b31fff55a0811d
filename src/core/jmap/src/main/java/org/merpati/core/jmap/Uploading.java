package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.Door;
import org.merpati.core.jmap.blob.BlobId;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Uploads;
import org.merpati.lib.jmap.RequestError;
import org.merpati.lib.jmap.RequestException;

/** Uploads (RFC 8620 §6.1): through the spool, so that a slow client holds neither heap nor database. */
final class Uploading {
    private static final int BLOCK = 16 * 1024;

    private final Door door;
    private final Platform platform;
    private final Optional<ConcurrentRequests> limit;

    Uploading(Door door, Platform platform) {
        this.door = door;
        this.platform = platform;
        this.limit = platform.config().get(Settings.LIMITS_ENABLED)
                ? Optional.of(new ConcurrentRequests(Limits.CONCURRENT_UPLOADS))
                : Optional.empty();
    }

    /**
     * Empty when the account is not the caller's.
     *
     * @param announced octets that are to come, so that too many are refused before the first; negative if nobody has said
     */
    Optional<ObjectNode> upload(Principal caller, String accountId, String type, long announced, InputStream body)
            throws IOException, RequestException {
        var account = Call.account(caller, accountId);
        if (account.isEmpty()) {
            return Optional.empty();
        }
        if (announced > Limits.SIZE_UPLOAD) {
            throw tooLarge();
        }
        if (limit.isPresent() && !limit.get().enter(caller.name())) {
            throw new RequestException(new RequestError.Limit(
                    "maxConcurrentUpload", "Too many uploads of this account are under way; try again."));
        }
        try (var spooled = platform.spool().create()) {
            var block = new byte[BLOCK];
            var sink = spooled.sink();
            for (int n = body.read(block); n >= 0; n = body.read(block)) {
                if (spooled.size() + n > Limits.SIZE_UPLOAD) {
                    throw tooLarge();
                }
                sink.write(block, 0, n);
            }
            long size = spooled.size();
            var blob = platform.blobs().append(spooled);
            var attempt = door.call(services -> services.get(Uploads.class).add(account.get(), blob, type))
                    .orThrow();
            return switch (attempt) {
                case Attempt.Made<Uploads.Upload>(var upload) ->
                    Optional.of(JsonNodeFactory.instance
                            .objectNode()
                            .put("accountId", accountId)
                            .put("blobId", BlobId.of(upload.id()).toString())
                            .put("type", type)
                            .put("size", size));
                case Attempt.Refused<Uploads.Upload> refused ->
                    throw new RequestException(new RequestError.Limit(
                            "maxSizeUpload", "Too much that was uploaded and not used waits in this account."));
            };
        } finally {
            limit.ifPresent(entered -> entered.leave(caller.name()));
        }
    }

    private static RequestException tooLarge() {
        return new RequestException(new RequestError.Limit(
                "maxSizeUpload", "The upload is larger than " + Limits.SIZE_UPLOAD + " octets."));
    }
}
