package org.merpati.core.jmap.mail;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.core.jmap.blob.BlobId;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.StoredStructure;
import org.merpati.lib.mime.view.BodyView;

/**
 * A message that properties of an Email are read from: as far as the structure stored beside it goes without a look at its
 * octets. Used by one thread.
 */
final class MailSource {
    /** The fields that a stored structure keeps of a message, beside those of its content. */
    private static final Set<String> STORED = Set.of(
            "date",
            "subject",
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "in-reply-to",
            "message-id",
            "references",
            "list-id");

    private final BlobId blob;
    private final Octets octets;
    private final Optional<String> preview;
    private final Part root;
    private final boolean stored;
    private @Nullable Header header;
    private @Nullable BodyView body;

    private MailSource(BlobId blob, Octets octets, Optional<String> preview, Part root, boolean stored) {
        this.blob = blob;
        this.octets = octets;
        this.preview = preview;
        this.root = root;
        this.stored = stored;
    }

    /** @param structure {@link StoredStructure#NONE} of a message that has to be read */
    static MailSource of(BlobId blob, Octets octets, StoredStructure structure, String preview) throws IOException {
        var root = structure.root();
        return root.isPresent()
                ? new MailSource(blob, octets, Optional.of(preview), root.get(), true)
                : new MailSource(
                        blob,
                        octets,
                        Optional.of(preview),
                        Message.parse(octets, Limits.DEFAULT).root(),
                        false);
    }

    /** One that was read just now and has no preview yet. */
    static MailSource of(BlobId blob, Message message) {
        return new MailSource(blob, message.octets(), Optional.empty(), message.root(), false);
    }

    BlobId blob() {
        return blob;
    }

    Octets octets() {
        return octets;
    }

    Part root() {
        return root;
    }

    Optional<String> preview() {
        return preview;
    }

    BodyView body() {
        var known = body;
        if (known == null) {
            known = BodyView.of(root);
            body = known;
        }
        return known;
    }

    /** The message's header, at least with all fields of that name. */
    Header header(String field) throws IOException {
        return has(field) ? root.header() : header();
    }

    /** The part's header, likewise. */
    Header header(Part part, String field) throws IOException {
        if (part == root) {
            return header(field);
        }
        return field.toLowerCase(Locale.ROOT).startsWith("content-") ? part.header() : header(part);
    }

    /** With all fields there are. */
    Header header(Part part) throws IOException {
        if (!stored) {
            return part.header();
        }
        if (part == root) {
            return header();
        }
        return read(part.header());
    }

    private Header header() throws IOException {
        if (!stored) {
            return root.header();
        }
        var known = header;
        if (known == null) {
            known = read(root.header());
            header = known;
        }
        return known;
    }

    private boolean has(String field) {
        var name = field.toLowerCase(Locale.ROOT);
        return !stored || STORED.contains(name) || name.startsWith("content-");
    }

    private Header read(Header reduced) throws IOException {
        try (var in = octets.open(reduced.start(), reduced.start() + reduced.size())) {
            byte[] bytes = in.readNBytes(reduced.size());
            return Header.read(bytes, bytes.length);
        }
    }
}
