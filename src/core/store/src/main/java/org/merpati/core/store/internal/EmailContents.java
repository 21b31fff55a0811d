package org.merpati.core.store.internal;

import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.store.Emails.Contents;
import org.merpati.lib.mime.StoredStructure;

/** What a blob's row says of a message's contents. */
final class EmailContents {
    private EmailContents() {}

    static Contents of(EmailId id, byte @Nullable [] structure, @Nullable String preview) {
        return new Contents(
                id,
                structure == null ? StoredStructure.NONE : StoredStructure.of(structure),
                preview == null ? "" : preview);
    }
}
