package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.core.jmap.Limits;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.write.BodyPart;

/** The body of an Email that a client creates (RFC 8621 §4.6). */
final class NewBody {
    /** Finds the octets of a blob of the account. */
    @FunctionalInterface
    interface Blobs {
        Optional<Octets> find(String blobId) throws IOException;
    }

    private final ObjectNode email;
    private final Set<String> fields;
    private final Blobs blobs;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> missing = new TreeSet<>();
    private long octets;

    /** @param fields the message's own, in lower case */
    NewBody(ObjectNode email, Set<String> fields, Blobs blobs) {
        this.email = email;
        this.fields = fields;
        this.blobs = blobs;
    }

    BodyPart part() throws SetException, IOException {
        readValues();
        var structure = email.path("bodyStructure");
        boolean whole = structure.isObject();
        var part = whole ? part(structure, "bodyStructure", "text/plain", fields) : arranged();
        if (whole) {
            for (var other : List.of("textBody", "htmlBody", "attachments")) {
                if (email.hasNonNull(other)) {
                    throw Given.invalid(other, "not beside bodyStructure");
                }
            }
        } else if (!structure.isMissingNode() && !structure.isNull()) {
            throw Given.invalid("bodyStructure", "an EmailBodyPart");
        }
        if (!missing.isEmpty()) {
            throw new SetException(SetError.of("blobNotFound", "").with("notFound", missing));
        }
        if (octets > Limits.SIZE_UPLOAD) {
            throw new SetException(
                    SetError.of("tooLarge", "attachments of more than " + Limits.SIZE_UPLOAD + " octets"));
        }
        return part;
    }

    private void readValues() throws SetException {
        var given = email.path("bodyValues");
        if (given.isMissingNode() || given.isNull()) {
            return;
        }
        if (!given.isObject()) {
            throw Given.invalid("bodyValues", "an object of EmailBodyValues");
        }
        for (var entry : given.properties()) {
            var value = entry.getValue();
            var known = Set.of("value", "isEncodingProblem", "isTruncated");
            boolean right = value.isObject()
                    && value.path("value").isTextual()
                    && value.properties().stream().allMatch(one -> known.contains(one.getKey()))
                    && isFalse(value.path("isEncodingProblem"))
                    && isFalse(value.path("isTruncated"));
            if (!right) {
                throw Given.invalid("bodyValues", "a \"value\", which is whole and was decoded without a problem");
            }
            values.put(entry.getKey(), value.get("value").textValue());
        }
    }

    private static boolean isFalse(JsonNode flag) {
        return flag.isMissingNode() || (flag.isBoolean() && !flag.booleanValue());
    }

    /** mixed(related(alternative(text, html), inline…), attachments…), without the levels that would hold one part. */
    private BodyPart arranged() throws SetException, IOException {
        var text = only("textBody", "text/plain");
        var html = only("htmlBody", "text/html");
        var inline = new ArrayList<BodyPart>();
        var attached = new ArrayList<BodyPart>();
        for (var one : list("attachments")) {
            var part = part(one, "attachments", "application/octet-stream", Set.of());
            var headers = part.headers();
            boolean shown = html.isPresent()
                    && headers.disposition().equals("inline")
                    && !headers.contentId().isEmpty();
            (shown ? inline : attached).add(headers.disposition().isEmpty() ? part.attachment() : part);
        }
        var said = html.isEmpty()
                ? text.orElseGet(() -> BodyPart.text(""))
                : text.isEmpty() ? html.get() : BodyPart.multipart("alternative", text.get(), html.get());
        if (!inline.isEmpty()) {
            said = BodyPart.related(said, inline);
        }
        if (!attached.isEmpty()) {
            attached.addFirst(said);
            said = BodyPart.multipart("mixed", attached);
        }
        return said;
    }

    private Optional<BodyPart> only(String property, String type) throws SetException, IOException {
        var parts = list(property);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        if (parts.size() != 1) {
            throw Given.invalid(property, "exactly one part");
        }
        var part = part(parts.getFirst(), property, type, Set.of());
        if (!part.mediaType().equals(type)) {
            throw Given.invalid(property, "of type " + type);
        }
        return Optional.of(part);
    }

    private List<JsonNode> list(String property) throws SetException {
        var given = email.path(property);
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (!given.isArray()) {
            throw Given.invalid(property, "a list of EmailBodyParts");
        }
        var list = new ArrayList<JsonNode>();
        given.forEach(list::add);
        return list;
    }

    /** As deep as its JSON, which has a limit. */
    private BodyPart part(JsonNode given, String property, String standard, Set<String> taken)
            throws SetException, IOException {
        if (!given.isObject()) {
            throw Given.invalid(property, "an EmailBodyPart");
        }
        try {
            var header = new NewPartHeader(given, property, taken);
            return header.on(bare(given, header.type(standard), property));
        } catch (IllegalArgumentException e) {
            throw Given.invalid(property, String.valueOf(e.getMessage()));
        }
    }

    private BodyPart bare(JsonNode given, ContentType type, String property) throws SetException, IOException {
        var partId = Given.text(given, "partId", property);
        var blobId = Given.text(given, "blobId", property);
        if (type.type().equals("multipart")) {
            var parts = given.path("subParts");
            if (partId.isPresent() || blobId.isPresent() || !parts.isArray() || parts.isEmpty()) {
                throw Given.invalid(property, "a multipart is made of its subParts alone");
            }
            var children = new ArrayList<BodyPart>();
            for (var child : parts) {
                children.add(part(child, property, "text/plain", Set.of()));
            }
            return BodyPart.multipart(type.subtype(), type.parameters(), children);
        }
        if (given.hasNonNull("subParts")) {
            throw Given.invalid(property, "only a multipart has subParts");
        }
        if (partId.isPresent() == blobId.isPresent()) {
            throw Given.invalid(property, "a part has a partId or a blobId, and never both");
        }
        return partId.isPresent() ? ofValue(given, type, partId.get(), property) : ofBlob(type, blobId.get());
    }

    private BodyPart ofValue(JsonNode given, ContentType type, String partId, String property) throws SetException {
        var value = values.get(partId);
        if (value == null) {
            throw Given.invalid(property, "there is no bodyValue \"" + partId + "\"");
        }
        if (given.hasNonNull("charset") || given.hasNonNull("size")) {
            throw Given.invalid(property, "a part with a partId has neither charset nor size");
        }
        if (!type.type().equals("text")) {
            throw Given.invalid(property, "a part with a partId is a text");
        }
        return BodyPart.text(type.subtype(), value, type.parameters());
    }

    private BodyPart ofBlob(ContentType type, String blobId) throws IOException {
        var found = blobs.find(blobId);
        if (found.isEmpty()) {
            missing.add(blobId);
            return BodyPart.text("");
        }
        var content = found.get();
        octets += content.size();
        return BodyPart.content(type, () -> content.open(0, content.size()));
    }
}
