package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.mail.HeaderForm;
import org.merpati.lib.jmap.mail.HeaderProperty;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.field.Disposition;
import org.merpati.lib.mime.view.BodyStructure;
import org.merpati.lib.mime.view.BodyView;

/** EmailBodyParts with the properties that a call wants of them (RFC 8621 §4.1.4). */
final class BodyPartView {
    /** RFC 8621 §4.2. */
    private static final List<String> STANDARD = List.of(
            "partId", "blobId", "size", "name", "type", "charset", "disposition", "cid", "language", "location");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @FunctionalInterface
    private interface Property {
        JsonNode read(MailSource mail, Part part) throws IOException;
    }

    private record Named(String name, Property property) {}

    private final List<Named> properties = new ArrayList<>();
    private boolean subParts;

    /** @param wanted empty for the usual ones */
    BodyPartView(Optional<List<String>> wanted) throws MethodException {
        for (var name : wanted.orElse(STANDARD)) {
            if (name.equals("subParts")) {
                subParts = true;
            } else {
                properties.add(new Named(name, property(name)));
            }
        }
    }

    private static Property property(String name) throws MethodException {
        if (HeaderProperty.is(name)) {
            var header = HeaderProperty.parse(name);
            return (mail, part) -> header.read(mail.header(part, header.field()));
        }
        return switch (name) {
            case "partId" -> (mail, part) -> text(BodyView.partId(part));
            case "blobId" ->
                (mail, part) -> text(BodyView.partId(part)
                        .flatMap(id -> mail.blob().part(id))
                        .map(Object::toString));
            case "size" -> (mail, part) -> JSON.numberNode(size(mail, part));
            case "headers" -> (mail, part) -> headers(mail.header(part));
            case "name" -> (mail, part) -> text(part.name());
            case "type" -> (mail, part) -> HeaderForm.text(BodyView.mediaType(part));
            case "charset" -> (mail, part) -> text(part.charset());
            case "disposition" -> (mail, part) -> text(part.disposition().map(Disposition::kind));
            case "cid" -> (mail, part) -> text(part.contentId());
            case "language" -> (mail, part) -> languages(part);
            case "location" ->
                (mail, part) -> text(BodyStructure.of(part).extension().location());
            default -> throw Arguments.invalid("\"" + name + "\" is no property of a body part");
        };
    }

    ArrayNode list(MailSource mail, List<Part> parts) throws IOException {
        var list = JSON.arrayNode();
        for (var part : parts) {
            list.add(leaf(mail, part));
        }
        return list;
    }

    /** With all that is in it, as deep as the parser lets parts be. */
    ObjectNode tree(MailSource mail, Part part) throws IOException {
        var json = leaf(mail, part);
        if (part.isMultipart()) {
            var children = json.putArray("subParts");
            for (var child : part.parts()) {
                children.add(tree(mail, child));
            }
        } else if (subParts) {
            json.putNull("subParts");
        }
        return json;
    }

    private ObjectNode leaf(MailSource mail, Part part) throws IOException {
        var json = JSON.objectNode();
        for (var named : properties) {
            json.set(named.name(), named.property().read(mail, part));
        }
        return json;
    }

    static ArrayNode headers(Header header) {
        var list = JSON.arrayNode();
        for (var field : header.fields()) {
            var json = list.addObject();
            json.set("name", HeaderForm.text(field.name()));
            json.set("value", HeaderForm.RAW.read(field));
        }
        return list;
    }

    private static long size(MailSource mail, Part part) throws IOException {
        return part.isMultipart() ? part.size() : PartOctets.size(mail.octets(), part);
    }

    private static JsonNode languages(Part part) {
        var tags = BodyStructure.of(part).extension().languages();
        if (tags.isEmpty()) {
            return JSON.nullNode();
        }
        var list = JSON.arrayNode();
        tags.forEach(list::add);
        return list;
    }

    private static JsonNode text(Optional<String> value) {
        return value.map(HeaderForm::text).orElseGet(JSON::nullNode);
    }
}
