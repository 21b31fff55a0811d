package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.mail.HeaderForm;
import org.merpati.lib.jmap.mail.HeaderProperty;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.view.BodyView;
import org.merpati.lib.mime.view.Preview;

/**
 * What one Email/get or Email/parse wants to know of each message (RFC 8621 §4.2, §4.9): its properties, and which of its
 * texts.
 */
final class EmailReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What a message in the store has and its octets do not (RFC 8621 §4.1.1). */
    static final Set<String> METADATA =
            Set.of("id", "blobId", "threadId", "mailboxIds", "keywords", "size", "receivedAt");

    /** RFC 8621 §4.1.3. */
    static final Map<String, HeaderProperty> FIELDS = fields();

    private static final List<String> OF_MESSAGE = List.of(
            "messageId",
            "inReplyTo",
            "references",
            "sender",
            "from",
            "to",
            "cc",
            "bcc",
            "replyTo",
            "subject",
            "sentAt",
            "hasAttachment",
            "preview",
            "bodyValues",
            "textBody",
            "htmlBody",
            "attachments");

    /** Of a stored Email, where the call names none. */
    static final List<String> STANDARD = standard();

    /** Of a blob. */
    static final List<String> STANDARD_OF_BLOB = OF_MESSAGE;

    @FunctionalInterface
    private interface Property {
        JsonNode read(MailSource mail) throws IOException;
    }

    private record Named(String name, Property property) {}

    private final Set<String> metadata = new LinkedHashSet<>();
    private final List<Named> properties = new ArrayList<>();
    private final BodyPartView parts;
    private final boolean textValues;
    private final boolean htmlValues;
    private final boolean allValues;
    private final long most;

    /** Reads the arguments that are about bodies. */
    EmailReader(List<String> wanted, Arguments in) throws MethodException {
        parts = new BodyPartView(in.optionalStrings("bodyProperties"));
        textValues = in.flag("fetchTextBodyValues", false);
        htmlValues = in.flag("fetchHTMLBodyValues", false);
        allValues = in.flag("fetchAllBodyValues", false);
        most = in.optionalUnsigned("maxBodyValueBytes").orElse(0L);
        for (var name : new LinkedHashSet<>(wanted)) {
            if (METADATA.contains(name)) {
                metadata.add(name);
            } else {
                properties.add(new Named(name, property(name)));
            }
        }
    }

    private static Map<String, HeaderProperty> fields() {
        var fields = new LinkedHashMap<String, HeaderProperty>();
        for (var field : List.of(
                HeaderProperty.named("messageId", "Message-ID", HeaderForm.MESSAGE_IDS),
                HeaderProperty.named("inReplyTo", "In-Reply-To", HeaderForm.MESSAGE_IDS),
                HeaderProperty.named("references", "References", HeaderForm.MESSAGE_IDS),
                HeaderProperty.named("sender", "Sender", HeaderForm.ADDRESSES),
                HeaderProperty.named("from", "From", HeaderForm.ADDRESSES),
                HeaderProperty.named("to", "To", HeaderForm.ADDRESSES),
                HeaderProperty.named("cc", "Cc", HeaderForm.ADDRESSES),
                HeaderProperty.named("bcc", "Bcc", HeaderForm.ADDRESSES),
                HeaderProperty.named("replyTo", "Reply-To", HeaderForm.ADDRESSES),
                HeaderProperty.named("subject", "Subject", HeaderForm.TEXT),
                HeaderProperty.named("sentAt", "Date", HeaderForm.DATE))) {
            fields.put(field.property(), field);
        }
        return fields;
    }

    private static List<String> standard() {
        var all = new ArrayList<>(List.of("blobId", "threadId", "mailboxIds", "keywords", "size", "receivedAt"));
        all.addAll(OF_MESSAGE);
        return List.copyOf(all);
    }

    private Property property(String name) throws MethodException {
        var known = FIELDS.get(name);
        if (known != null || HeaderProperty.is(name)) {
            var field = known != null ? known : HeaderProperty.parse(name);
            return mail -> field.read(mail.header(field.field()));
        }
        return switch (name) {
            case "headers" -> mail -> BodyPartView.headers(mail.header(mail.root()));
            case "bodyStructure" -> mail -> parts.tree(mail, mail.root());
            case "textBody" -> mail -> parts.list(mail, mail.body().textBody());
            case "htmlBody" -> mail -> parts.list(mail, mail.body().htmlBody());
            case "attachments" -> mail -> parts.list(mail, mail.body().attachments());
            case "hasAttachment" -> mail -> JSON.booleanNode(mail.body().hasAttachment());
            case "preview" -> EmailReader::preview;
            case "bodyValues" -> this::values;
            default -> throw Arguments.invalid("\"" + name + "\" is no property of an Email");
        };
    }

    /** Those wanted that the store knows. */
    Set<String> metadata() {
        return metadata;
    }

    /** Whether anything of the message itself is wanted. */
    boolean readsMessage() {
        return !properties.isEmpty();
    }

    /** Adds what was wanted of the message. */
    void read(MailSource mail, ObjectNode into) throws IOException {
        for (var named : properties) {
            into.set(named.name(), named.property().read(mail));
        }
    }

    private static JsonNode preview(MailSource mail) throws IOException {
        return HeaderForm.text(
                mail.preview().isPresent()
                        ? mail.preview().get()
                        : Preview.of(Message.parse(mail.octets(), Limits.DEFAULT)));
    }

    private JsonNode values(MailSource mail) throws IOException {
        var wanted = new LinkedHashMap<String, Part>();
        if (textValues) {
            texts(mail.body().textBody(), wanted);
        }
        if (htmlValues) {
            texts(mail.body().htmlBody(), wanted);
        }
        if (allValues) {
            texts(leaves(mail.root(), new ArrayList<>()), wanted);
        }
        var values = JSON.objectNode();
        for (var part : wanted.entrySet()) {
            values.set(
                    part.getKey(),
                    BodyValue.read(mail.octets(), part.getValue(), most).toJson());
        }
        return values;
    }

    private static void texts(List<Part> parts, Map<String, Part> into) {
        for (var part : parts) {
            Optional<String> id = BodyView.partId(part);
            if (id.isPresent() && BodyView.mediaType(part).startsWith("text/")) {
                into.put(id.get(), part);
            }
        }
    }

    private static List<Part> leaves(Part part, List<Part> into) {
        if (!part.isMultipart()) {
            into.add(part);
        }
        part.parts().forEach(child -> leaves(child, into));
        return into;
    }
}
