package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.jmap.mail.HeaderProperty;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.Disposition;
import org.merpati.lib.mime.field.MessageIds;
import org.merpati.lib.mime.field.Parameters;
import org.merpati.lib.mime.write.BodyPart;
import org.merpati.lib.mime.write.HeaderValue;
import org.merpati.lib.mime.write.NewField;

/**
 * What a client says of a new part's header, by an EmailBodyPart's properties or by the fields that these stand for, and never by
 * both (RFC 8621 §4.1.4, §4.6).
 */
final class NewPartHeader {
    private static final String CONTENT_TYPE = "content-type";
    private static final String CONTENT_DISPOSITION = "content-disposition";
    private static final String CONTENT_ID = "content-id";

    /** The properties of a part's header, and the field that each stands for. */
    private static final Map<String, String> STANDS_FOR = Map.of(
            "type", CONTENT_TYPE,
            "charset", CONTENT_TYPE,
            "disposition", CONTENT_DISPOSITION,
            "name", CONTENT_DISPOSITION,
            "cid", CONTENT_ID,
            "language", "content-language",
            "location", "content-location");

    /** Those of its body. */
    private static final Set<String> OTHERS = Set.of("partId", "blobId", "size", "subParts");

    private final JsonNode given;
    private final String property;
    private final List<NewField> fields = new ArrayList<>();
    private Optional<ContentType> type = Optional.empty();
    private Optional<Disposition> disposition = Optional.empty();
    private Optional<String> id = Optional.empty();

    /**
     * @param property of the Email, where the part stands
     * @param taken the fields that the part may not have, in lower case
     */
    NewPartHeader(JsonNode given, String property, Set<String> taken) throws SetException {
        this.given = given;
        this.property = property;
        var seen = new HashSet<>(taken);
        for (var entry : given.properties()) {
            var name = entry.getKey();
            if (HeaderProperty.is(name)) {
                field(name, entry.getValue(), seen);
            } else if (!STANDS_FOR.containsKey(name) && !OTHERS.contains(name)) {
                throw Given.invalid(property, "\"" + name + "\" is no property that a part is created with");
            }
        }
        for (var entry : STANDS_FOR.entrySet()) {
            if (given.hasNonNull(entry.getKey()) && seen.contains(entry.getValue())) {
                throw Given.invalid(property, "two properties for the header field " + entry.getValue());
            }
        }
    }

    private void field(String name, JsonNode value, Set<String> seen) throws SetException {
        var header = NewFields.property(name);
        var field = header.field().toLowerCase(Locale.ROOT);
        if (!seen.add(field)) {
            throw Given.invalid(name, "two properties for one header field");
        }
        var values = NewFields.of(header, value);
        if (!STANDS_FOR.containsValue(field)) {
            fields.addAll(values);
            return;
        }
        if (values.size() > 1) {
            throw Given.invalid(name, "a part has one such field");
        }
        if (values.isEmpty()) {
            return;
        }
        switch (field) {
            case CONTENT_TYPE -> type = Optional.of(type(name, text(name, values.getFirst())));
            case CONTENT_DISPOSITION -> disposition = Optional.of(Disposition.parse(text(name, values.getFirst())));
            case CONTENT_ID -> id = Optional.of(id(name, values.getFirst()));
            default -> fields.add(values.getFirst());
        }
    }

    private static String text(String name, NewField field) throws SetException {
        return switch (field.value()) {
            case HeaderValue.Raw(var body) -> body;
            case HeaderValue.Text(var text) -> text;
            default -> throw Given.invalid(name, "as raw text or as text");
        };
    }

    private static ContentType type(String name, String text) throws SetException {
        var type = ContentType.parse(text);
        boolean said = text.strip().toLowerCase(Locale.ROOT).startsWith(type.type());
        if (!said) { // what is no type is read as text/plain
            throw Given.invalid(name, "no media type");
        }
        return type;
    }

    private static String id(String name, NewField field) throws SetException {
        var ids = field.value() instanceof HeaderValue.Ids(var given) ? given : MessageIds.parse(text(name, field));
        if (ids.size() != 1) {
            throw Given.invalid(name, "one id");
        }
        return ids.getFirst();
    }

    /** @param standard the media type of a part that names none */
    ContentType type(String standard) throws SetException {
        if (type.isPresent()) {
            return without(type.get(), "name");
        }
        var media = string("type").orElse(standard).toLowerCase(Locale.ROOT);
        int slash = media.indexOf('/');
        if (slash <= 0 || slash == media.length() - 1) {
            throw Given.invalid(property, "\"type\" is no media type");
        }
        var charset = string("charset");
        var parameters = charset.isPresent() && media.startsWith("text/")
                ? new Parameters(List.of(new Parameters.Parameter("charset", charset.get())))
                : Parameters.NONE;
        return new ContentType(media.substring(0, slash), media.substring(slash + 1), parameters);
    }

    private static ContentType without(ContentType type, String parameter) {
        return new ContentType(type.type(), type.subtype(), without(type.parameters(), parameter));
    }

    private static Parameters without(Parameters parameters, String name) {
        return new Parameters(parameters.all().stream()
                .filter(parameter -> !parameter.name().equals(name))
                .toList());
    }

    /** The part with all of it but its type. */
    BodyPart on(BodyPart bare) throws SetException {
        var part = bare;
        for (var field : fields) {
            part = part.header(field.name(), field.value());
        }
        var kind = string("disposition").or(() -> disposition.map(Disposition::kind));
        if (kind.isPresent()) {
            part = part.disposition(
                    kind.get(),
                    disposition
                            .map(said -> without(said.parameters(), "filename"))
                            .orElse(Parameters.NONE));
        }
        var file = string("name")
                .or(() -> disposition.flatMap(said -> said.parameters().get("filename")))
                .or(() -> type.flatMap(said -> said.parameters().get("name")));
        if (file.isPresent()) {
            part = part.fileName(file.get());
        }
        var cid = string("cid").or(() -> id);
        if (cid.isPresent()) {
            part = part.contentId(cid.get());
        }
        var location = string("location");
        if (location.isPresent()) {
            part = part.location(location.get());
        }
        var language = given.path("language");
        if (language.isArray() && !language.isEmpty()) {
            var tags = new ArrayList<String>();
            language.forEach(tag -> tags.add(tag.asText()));
            part = part.languages(tags);
        }
        return part;
    }

    private Optional<String> string(String name) throws SetException {
        return Given.text(given, name, property);
    }
}
