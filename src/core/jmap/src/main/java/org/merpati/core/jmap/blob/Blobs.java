package org.merpati.core.jmap.blob;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Uploads;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.StoredStructure;

/** Finds the octets that a blobId stands for. Safe for any number of threads. */
public final class Blobs {
    private final Door door;
    private final Platform platform;

    public Blobs(Door door, Platform platform) {
        this.door = door;
        this.platform = platform;
    }

    /** @param structure of the whole message; {@link StoredStructure#NONE} when it has to be read, or was not asked for */
    private record Stored(BlobRef ref, StoredStructure structure) {}

    /** The octets, if the account has that blob; whatever else the id may be, there are none. */
    public Optional<Octets> find(AccountId account, String blobId) throws IOException {
        var id = BlobId.parse(blobId);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var stored = stored(account, id.get());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        var octets = PartOctets.of(platform.blobs(), stored.get().ref());
        var root = stored.get().structure().root();
        for (var section : id.get().sections()) {
            var message = root.isPresent()
                    ? root.get()
                    : Message.parse(octets, Limits.DEFAULT).root();
            var part = part(message, section);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            octets = PartOctets.content(octets, part.get());
            root = Optional.empty();
        }
        return Optional.of(octets);
    }

    private Optional<Stored> stored(AccountId account, BlobId id) {
        boolean parts = !id.sections().isEmpty();
        return switch (id.root()) {
            case BlobId.OfEmail(var email) ->
                door
                        .call(services -> services.get(Emails.class).read(account, List.of(email), parts))
                        .orThrow()
                        .emails()
                        .stream()
                        .findFirst()
                        .map(seen ->
                                new Stored(seen.email().blob(), seen.contents().structure()));
            case BlobId.OfUpload(var upload) ->
                door.call(services -> services.get(Uploads.class).find(account, upload))
                        .orThrow()
                        .map(found -> new Stored(found.blob(), StoredStructure.NONE));
        };
    }

    /** The leaf of that number; messages inside are leaves (RFC 8621 §4.1.4). */
    private static Optional<Part> part(Part root, String section) {
        if (!root.isMultipart()) {
            return root.section().equals(section) ? Optional.of(root) : Optional.empty();
        }
        for (var child : root.parts()) {
            var found = part(child, section);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
