package org.merpati.core.jmap.blob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.UploadId;

/**
 * What a blobId says.
 *
 * @param sections of parts, each within the message that the one before leads to
 */
public record BlobId(Root root, List<String> sections) {
    private static final int LONGEST = 255; // RFC 8620 §1.2
    private static final int DEEPEST = 8;

    /** What the octets belong to. */
    public sealed interface Root {}

    public record OfEmail(EmailId email) implements Root {}

    public record OfUpload(UploadId upload) implements Root {}

    public BlobId {
        sections = List.copyOf(sections);
    }

    public static BlobId of(EmailId email) {
        return new BlobId(new OfEmail(email), List.of());
    }

    public static BlobId of(UploadId upload) {
        return new BlobId(new OfUpload(upload), List.of());
    }

    /** The decoded content of a part of the message that this is; empty when that is too deep within messages. */
    public Optional<BlobId> part(String section) {
        if (sections.size() == DEEPEST) {
            return Optional.empty();
        }
        var all = new ArrayList<>(sections);
        all.add(section);
        var part = new BlobId(root, all);
        return part.toString().length() > LONGEST ? Optional.empty() : Optional.of(part);
    }

    /** Empty for whatever {@link #toString} would not have written. */
    public static Optional<BlobId> parse(String id) {
        if (id.length() > LONGEST) {
            return Optional.empty();
        }
        var pieces = id.split("-", -1);
        var sections = new ArrayList<String>();
        for (int i = 1; i < pieces.length; i++) {
            if (!pieces[i].matches("[1-9][0-9]{0,4}(_[1-9][0-9]{0,4})*")) {
                return Optional.empty();
            }
            sections.add(pieces[i].replace('_', '.'));
        }
        if (sections.size() > DEEPEST) {
            return Optional.empty();
        }
        return root(pieces[0]).map(root -> new BlobId(root, sections));
    }

    private static Optional<Root> root(String id) {
        var email = IdKind.BLOB.parse(id);
        if (email.isPresent()) {
            return Optional.of(new OfEmail(new EmailId(email.getAsLong())));
        }
        var upload = IdKind.UPLOAD.parse(id);
        return upload.isPresent() ? Optional.of(new OfUpload(new UploadId(upload.getAsLong()))) : Optional.empty();
    }

    @Override
    public String toString() {
        var id = new StringBuilder(
                switch (root) {
                    case OfEmail(var email) -> IdKind.BLOB.id(email.value());
                    case OfUpload(var upload) -> IdKind.UPLOAD.id(upload.value());
                });
        sections.forEach(section -> id.append('-').append(section.replace('.', '_')));
        return id.toString();
    }
}
