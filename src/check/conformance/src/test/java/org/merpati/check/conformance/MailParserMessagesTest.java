package org.merpati.check.conformance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.merpati.check.conformance.Differences.Pair;
import org.merpati.lib.mime.HeaderField;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.CommaList;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.DateTime;
import org.merpati.lib.mime.field.Disposition;
import org.merpati.lib.mime.field.ListField;
import org.merpati.lib.mime.field.MessageIds;
import org.merpati.lib.mime.field.Received;
import org.merpati.lib.mime.view.BodyView;

/** Whole messages, each with LF and with CRLF at its line ends, and what mail-parser reads in them. */
class MailParserMessagesTest {
    private static final Differences DIFFERENCES = Differences.read();

    @TestFactory
    List<DynamicTest> messages() {
        var tests = new ArrayList<DynamicTest>();
        var known = new HashSet<String>();
        var root = Samples.path("mail-parser/eml");
        for (var file : Samples.files("mail-parser/eml")) {
            var path = root.relativize(file).toString();
            if (path.endsWith(".eml")) {
                var name = path.substring(0, path.length() - 4);
                known.add(name);
                tests.add(DynamicTest.dynamicTest(name, () -> compare(file, name)));
            }
        }
        tests.add(DynamicTest.dynamicTest(
                "every listed message is one",
                () -> assertThat(DIFFERENCES.messages()).isSubsetOf(known)));
        assertThat(known).hasSizeGreaterThan(100);
        return tests;
    }

    private static void compare(Path file, String name) throws IOException {
        var text = new String(Samples.bytes(file), StandardCharsets.ISO_8859_1);
        var withLf = read(octets(text.replace("\r", "")), Samples.json(file.resolveSibling(withEnd(file, ".json"))));
        var withCrlf = read(
                octets(lf(text).replace("\n", "\r\n")), Samples.json(file.resolveSibling(withEnd(file, ".crlf.json"))));
        withCrlf.forEach((item, pair) -> {
            if (!pair.equals(withLf.get(item))) {
                withLf.put(item + ".crlf", pair);
            }
        });
        DIFFERENCES.checkAll(name, withLf);
    }

    private static String withEnd(Path file, String end) {
        return file.getFileName().toString().replace(".eml", end);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, Pair> read(byte[] octets, JsonNode expected) throws IOException {
        var items = new LinkedHashMap<String, Pair>();
        var message = Message.parse(octets);
        message(message, message.root(), expected, "", items);
        return items;
    }

    private static void message(Message message, Part root, JsonNode expected, String prefix, Map<String, Pair> items)
            throws IOException {
        var ours = new ArrayList<Part>();
        collect(root, ours);
        var theirs = expected.path("parts");
        var parts = new Pair(theirParts(theirs), parts(ours));
        items.put(prefix + "parts", parts);
        if (!parts.theirs().equals(parts.ours())) {
            return; // nothing else can be compared
        }
        var view = BodyView.of(root);
        items.put(prefix + "text", new Pair(numbers(expected.path("text_body")), numbers(view.textBody(), ours)));
        items.put(prefix + "html", new Pair(numbers(expected.path("html_body")), numbers(view.htmlBody(), ours)));
        items.put(
                prefix + "attachments",
                new Pair(numbers(expected.path("attachments")), numbers(view.attachments(), ours)));
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            var id = prefix + i;
            headers(theirs.path(i).path("headers"), ours.get(i), id, items);
            body(message, ours.get(i), theirs.path(i).path("body"), id, items);
        }
    }

    private static String numbers(JsonNode parts) {
        var numbers = new ArrayList<String>();
        parts.forEach(number -> numbers.add(number.asText()));
        return numbers.toString();
    }

    private static String numbers(List<Part> parts, List<Part> all) {
        return parts.stream()
                .map(part -> Integer.toString(all.indexOf(part)))
                .toList()
                .toString();
    }

    private static void collect(Part part, List<Part> all) {
        all.add(part);
        part.parts().forEach(inner -> collect(inner, all));
    }

    private static String theirParts(JsonNode parts) {
        var out = new ArrayList<String>();
        for (var part : parts) {
            var body = part.path("body");
            var children = new ArrayList<String>();
            body.path("Multipart").forEach(child -> children.add(child.asText()));
            out.add(body.has("Multipart") ? children.toString() : body.has("Message") ? "message" : "leaf");
        }
        return String.join(" ", out);
    }

    private static String parts(List<Part> parts) {
        var out = new ArrayList<String>();
        for (var part : parts) {
            var children = new ArrayList<String>();
            part.parts().forEach(child -> children.add(Integer.toString(parts.indexOf(child))));
            out.add(part.isMultipart() ? children.toString() : part.message().isPresent() ? "message" : "leaf");
        }
        return String.join(" ", out);
    }

    private static void headers(JsonNode theirs, Part part, String prefix, Map<String, Pair> items) {
        var ours = part.header().fields();
        items.put(
                prefix + ".places",
                new Pair(
                        theirPlaces(theirs),
                        ours.stream()
                                .map(f -> (part.header().start() + f.start()) + "-"
                                        + (part.header().start() + f.end()))
                                .collect(joining(" "))));
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            var field = i < ours.size() ? Optional.of(ours.get(i)) : Optional.<HeaderField>empty();
            var header = theirs.path(i);
            var name = name(header.path("name"));
            var id = prefix
                    + '.'
                    + (name.isEmpty() ? field.map(HeaderField::name).orElse("") : name);
            for (int n = 2; items.containsKey(id); n++) {
                id = prefix + '.' + name + n;
            }
            items.put(
                    id.replace(' ', '_'),
                    new Pair(unfolded(theirValue(header)), field.isPresent() ? value(field.get(), header) : ""));
        }
    }

    /** In lower case, with hyphens. */
    private static String name(JsonNode name) {
        return name.has("other") ? name.path("other").asText() : name.asText().replace('_', '-');
    }

    private static String theirPlaces(JsonNode headers) {
        var places = new ArrayList<String>();
        headers.forEach(h -> places.add(
                h.path("offset_field").asText() + '-' + h.path("offset_end").asText()));
        return String.join(" ", places);
    }

    /** Mail-parser leaves the folds in fields that it does not know. */
    private static String unfolded(String text) {
        return text.replaceAll("[ \t]*\r?\n[ \t]*", " ").strip();
    }

    private static String theirValue(JsonNode header) {
        if (header.isMissingNode()) {
            return "";
        }
        var value = header.path("value");
        if (value.has("Address")) {
            return FieldText.theirAddresses(value.path("Address"));
        }
        if (value.has("ContentType")) {
            var type = value.path("ContentType");
            var subtype = type.path("c_subtype");
            return type.path("c_type").asText()
                    + (subtype.isTextual() ? '/' + subtype.asText() : "")
                    + FieldText.theirParameters(type.path("attributes"));
        }
        if (value.has("DateTime")) {
            return FieldText.theirDate(value.path("DateTime"));
        }
        if (value.has("Received")) {
            return FieldText.theirTrace(value.path("Received"));
        }
        if (value.has("TextList")) {
            var list = new ArrayList<String>();
            value.path("TextList").forEach(text -> list.add(text.asText()));
            return String.join(" ", list);
        }
        return value.has("Text") ? value.path("Text").asText() : "";
    }

    private static String value(HeaderField field, JsonNode theirs) {
        var body = field.raw();
        return switch (name(theirs.path("name"))) {
            case "from", "to", "cc", "bcc", "reply-to", "sender" -> FieldText.addresses(Address.parse(body));
            case "list-archive", "list-post", "list-help", "list-subscribe", "list-unsubscribe" ->
                FieldText.actions(ListField.parse(body));
            case "list-id" -> FieldText.addresses(Address.parse(body));
            case "content-type" -> type(ContentType.parse(body), theirs);
            case "content-disposition" -> disposition(Disposition.parse(body), theirs);
            case "date" -> date(body);
            case "received" -> FieldText.trace(Received.parse(body));
            case "message-id", "content-id", "references", "in-reply-to", "return-path" ->
                String.join(" ", MessageIds.parse(body));
            case "content-language" -> String.join(" ", CommaList.parse(body));
            default -> field.text();
        };
    }

    private static String type(ContentType type, JsonNode theirs) {
        boolean none =
                theirs.path("value").path("ContentType").path("c_subtype").isNull(); // RFC 2045 §5.2
        var media = none && type.mediaType().equals("text/plain")
                ? theirs.path("value").path("ContentType").path("c_type").asText()
                : type.mediaType();
        return media + FieldText.parameters(type.parameters());
    }

    private static String disposition(Disposition disposition, JsonNode theirs) {
        return theirs.path("value").isTextual() // empty, which is an attachment to us
                ? ""
                : disposition.kind() + FieldText.parameters(disposition.parameters());
    }

    private static String date(String body) {
        var date = FieldText.date(DateTime.parse(body));
        return date.equals("none") ? "" : date;
    }

    private static void body(Message message, Part part, JsonNode theirs, String prefix, Map<String, Pair> items)
            throws IOException {
        var id = prefix + ".body";
        if (theirs.has("Text") || theirs.has("Html")) {
            var text = theirs.has("Text") ? theirs.path("Text") : theirs.path("Html");
            items.put(id, new Pair(lf(text.asText()), part.isLeaf() ? lf(message.text(part, 1 << 30)) : "parts"));
        } else if (theirs.has("Message")) {
            var inner = part.message();
            if (inner.isPresent()) {
                message(message, inner.get(), theirs.path("Message"), prefix + '/', items);
            }
        } else if (!theirs.has("Multipart")) {
            var bytes = theirs.has("Binary") ? theirs.path("Binary") : theirs.path("InlineBinary");
            var out = new ByteArrayOutputStream();
            message.writeContent(part, out);
            items.put(id, new Pair(lf(latin1(bytes)), lf(out.toString(StandardCharsets.ISO_8859_1))));
        }
    }

    private static String latin1(JsonNode bytes) {
        var out = new StringBuilder(bytes.size());
        bytes.forEach(octet -> out.append((char) octet.asInt()));
        return out.toString();
    }

    private static String lf(String text) {
        return text.replace("\r\n", "\n");
    }
}
