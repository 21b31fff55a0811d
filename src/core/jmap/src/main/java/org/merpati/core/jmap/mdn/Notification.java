package org.merpati.core.jmap.mdn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.HeaderField;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.view.BodyView;
import org.merpati.lib.mime.view.Html;

/**
 * A message disposition notification: a multipart/report whose parts are a text, the fields for programs, and perhaps the
 * message that it is about (RFC 8098 §3).
 */
record Notification(Message message, Part report, Header fields, Disposition disposition) {
    /** Octets of the fields; nobody writes that many. */
    private static final int MOST_FIELDS = 64 * 1024;

    /** Octets of the text that are read. */
    private static final int MOST_TEXT = 1_000_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Fields with a property of their own; any other is an extension (RFC 8098 §3.3). */
    private static final Set<String> KNOWN = Set.of(
            "reporting-ua",
            "mdn-gateway",
            "original-recipient",
            "final-recipient",
            "original-message-id",
            "disposition",
            "error");

    /** Empty when the octets are none. */
    static Optional<Notification> parse(Octets octets) throws IOException {
        var message = Message.parse(octets, Limits.DEFAULT);
        var root = message.root();
        if (!root.contentType().is("multipart", "report")) {
            return Optional.empty();
        }
        for (var part : root.parts()) {
            if (is(part, "message/disposition-notification", "message/global-disposition-notification")) {
                var fields = fields(octets, part);
                return fields.flatMap(header -> header.first("Disposition")
                        .flatMap(field -> Disposition.parse(field.text()))
                        .map(disposition -> new Notification(message, part, header, disposition)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Header> fields(Octets octets, Part part) throws IOException {
        var content = PartOctets.content(octets, part);
        try (var in = content.open(0, content.size())) {
            byte[] bytes = in.readNBytes(MOST_FIELDS + 1);
            return bytes.length > MOST_FIELDS ? Optional.empty() : Optional.of(Header.read(bytes, bytes.length));
        }
    }

    private static boolean is(Part part, String... types) {
        return List.of(types).contains(BodyView.mediaType(part));
    }

    /** As it stands, angle brackets and all; empty when there is none. */
    Optional<String> originalMessageId() {
        return fields.first("Original-Message-ID").map(HeaderField::text).filter(id -> !id.isEmpty());
    }

    /** An MDN object (RFC 9007 §2). */
    ObjectNode toJson(JsonNode forEmailId) throws IOException {
        var json = JSON.objectNode();
        json.set("forEmailId", forEmailId);
        json.set("subject", text(message.root().header().first("Subject")));
        json.set("textBody", textBody());
        json.put("includeOriginalMessage", includesOriginal());
        json.set("reportingUA", text(fields.first("Reporting-UA")));
        json.set("disposition", disposition.toJson());
        json.set("mdnGateway", text(fields.first("MDN-Gateway")));
        json.set("originalRecipient", text(fields.first("Original-Recipient")));
        json.set("finalRecipient", text(fields.first("Final-Recipient")));
        json.set(
                "originalMessageId",
                originalMessageId().<JsonNode>map(JSON::textNode).orElseGet(JSON::nullNode));
        json.set("error", errors());
        json.set("extensionFields", extensions());
        return json;
    }

    private static JsonNode text(Optional<HeaderField> field) {
        return field.<JsonNode>map(one -> JSON.textNode(one.text())).orElseGet(JSON::nullNode);
    }

    private JsonNode errors() {
        var errors = JSON.arrayNode();
        fields.all("Error").forEach(field -> errors.add(field.text()));
        return errors.isEmpty() ? JSON.nullNode() : errors;
    }

    /** Of two of the same name the first. */
    private JsonNode extensions() {
        var extensions = JSON.objectNode();
        for (var field : fields.fields()) {
            if (!KNOWN.contains(field.name().toLowerCase(Locale.ROOT)) && !extensions.has(field.name())) {
                extensions.put(field.name(), field.text());
            }
        }
        return extensions.isEmpty() ? JSON.nullNode() : extensions;
    }

    private boolean includesOriginal() {
        var parts = message.root().parts();
        return parts.subList(parts.indexOf(report) + 1, parts.size()).stream()
                .anyMatch(part -> is(part, "message/rfc822", "message/global"));
    }

    /** What is for people: the first text before the fields. */
    private JsonNode textBody() throws IOException {
        for (var part : message.root().parts()) {
            if (part == report) {
                break;
            }
            var found = firstText(part);
            if (found.isPresent()) {
                var text = message.text(found.get(), MOST_TEXT);
                return JSON.textNode(is(found.get(), "text/html") ? Html.toText(text) : text.replace("\r\n", "\n"));
            }
        }
        return JSON.nullNode();
    }

    private static Optional<Part> firstText(Part part) {
        if (is(part, "text/plain", "text/html")) {
            return Optional.of(part);
        }
        return part.parts().stream().flatMap(child -> firstText(child).stream()).findFirst();
    }
}
