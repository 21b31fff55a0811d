package org.merpati.launch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.write.BodyPart;
import org.merpati.lib.mime.write.ContentSource;
import org.merpati.lib.mime.write.HeaderValue;
import org.merpati.lib.mime.write.MessageBuilder;
import org.merpati.lib.mime.write.NewMessage;

/** Reads what {@code merpati mime build} is given. What is not understood is {@link Refused} with the place where it stands. */
final class MimeDescription {
    private static final String DEFAULT_DOMAIN = "localhost";

    private final InstantSource clock;
    private final ZoneId zone;
    private final RandomGenerator random;

    MimeDescription(InstantSource clock, ZoneId zone, RandomGenerator random) {
        this.clock = clock;
        this.zone = zone;
        this.random = random;
    }

    NewMessage message(JsonNode description) {
        return message("", description);
    }

    private NewMessage message(String path, JsonNode description) {
        var message = new MessageBuilder(clock, zone, random, domain(description.path("from")));
        Keys.read(path, description, (at, key, value) -> {
            switch (key) {
                case "from" -> message.from(addresses(at, value));
                case "to" -> message.to(addresses(at, value));
                case "cc" -> message.cc(addresses(at, value));
                case "bcc" -> message.bcc(addresses(at, value));
                case "replyTo" -> message.replyTo(addresses(at, value));
                case "sender" -> message.sender(sender(addresses(at, value)));
                case "subject" -> message.subject(Keys.text(value));
                case "date" -> message.date(date(value));
                case "messageId" -> message.messageId(Keys.text(value));
                case "inReplyTo" -> message.inReplyTo(Keys.texts(value));
                case "references" -> message.references(Keys.texts(value));
                case "headers" -> Keys.each(at, value, (place, each) -> header(place, each, message::header));
                case "text" -> message.text(Keys.text(value));
                case "html" -> message.html(Keys.text(value));
                case "attachments" -> Keys.each(at, value, (place, each) -> attach(message, part(place, each)));
                case "parts" -> message.body(part(at, value));
                default -> {
                    return false;
                }
            }
            return true;
        });
        try {
            return message.build();
        } catch (IllegalStateException e) {
            throw new Refused("either parts, or text, html and attachments");
        }
    }

    private static void attach(MessageBuilder message, BodyPart part) {
        var headers = part.headers();
        if (headers.disposition().equals("inline") && !headers.contentId().isEmpty()) {
            message.inline(part);
        } else {
            message.attach(part);
        }
    }

    /** Applies what a part says of itself to what it holds. */
    private BodyPart part(String path, JsonNode description) {
        var part = content(path, description);
        var said = new ArrayList<Function<BodyPart, BodyPart>>();
        Keys.read(path, description, (at, key, value) -> {
            switch (key) {
                case "type", "file", "text", "base64", "message", "parts" -> {} // are in content() already
                case "name" -> said.add(fileName(Keys.text(value)));
                case "cid" -> said.add(contentId(Keys.text(value)));
                case "disposition" -> said.add(disposition(Keys.text(value)));
                case "description" -> said.add(changed -> changed.description(Keys.text(value)));
                case "language" -> said.add(changed -> changed.languages(Keys.texts(value)));
                case "location" -> said.add(changed -> changed.location(Keys.text(value)));
                case "headers" ->
                    Keys.each(
                            at,
                            value,
                            (place, each) -> header(
                                    place, each, (name, body) -> said.add(changed -> changed.header(name, body))));
                default -> {
                    return false;
                }
            }
            return true;
        });
        try {
            for (var change : said) {
                part = change.apply(part);
            }
            return part;
        } catch (IllegalArgumentException e) {
            throw new Refused(path + ": " + e.getMessage());
        }
    }

    private static Function<BodyPart, BodyPart> fileName(String name) {
        return part -> part.fileName(name);
    }

    private static Function<BodyPart, BodyPart> contentId(String id) {
        return part -> part.contentId(id);
    }

    private static Function<BodyPart, BodyPart> disposition(String kind) {
        return part -> part.disposition(kind);
    }

    private BodyPart content(String path, JsonNode description) {
        var holds = new ArrayList<String>();
        for (var key : List.of("file", "text", "base64", "message", "parts")) {
            if (description.has(key)) {
                holds.add(key);
            }
        }
        if (holds.size() != 1) {
            throw new Refused(path + ": a part has one of file, text, base64, message and parts, not "
                    + (holds.isEmpty() ? "none" : String.join(" and ", holds)));
        }
        var key = holds.get(0);
        var at = path + '.' + key;
        var value = description.path(key);
        try {
            var type = description.has("type") ? type(Keys.text(description.path("type"))) : null;
            return switch (key) {
                case "file" -> file(file(Keys.text(value)), type);
                case "text" -> text(Keys.text(value), type);
                case "base64" -> {
                    var octets = ContentSource.of(Base64.getMimeDecoder().decode(Keys.text(value)));
                    yield BodyPart.content(type == null ? type("application/octet-stream") : type, octets);
                }
                case "message" -> BodyPart.message(message(at, value));
                default -> {
                    var parts = new ArrayList<BodyPart>();
                    Keys.each(at, value, (place, each) -> parts.add(part(place, each)));
                    var multipart = type == null ? type("multipart/mixed") : type;
                    if (!multipart.type().equals("multipart")) {
                        throw new IllegalArgumentException("the type is multipart/…, not " + multipart.mediaType());
                    }
                    yield BodyPart.multipart(multipart.subtype(), multipart.parameters(), parts);
                }
            };
        } catch (IllegalArgumentException e) {
            throw new Refused(at + ": " + e.getMessage());
        }
    }

    private static BodyPart file(Path file, @Nullable ContentType given) {
        var name = String.valueOf(file.getFileName());
        var guess = URLConnection.guessContentTypeFromName(name);
        var type = given != null ? given : type(guess == null ? "application/octet-stream" : guess);
        return BodyPart.content(type, ContentSource.of(file)).fileName(name);
    }

    private static BodyPart text(String text, @Nullable ContentType type) {
        if (type == null) {
            return BodyPart.text(text);
        }
        return type.type().equals("text")
                ? BodyPart.text(type.subtype(), text, type.parameters())
                : BodyPart.content(type, ContentSource.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A plain file, since it is read twice. */
    static Path file(String name) {
        try {
            var path = Path.of(name);
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw new IllegalArgumentException("no file that can be read: " + name);
            }
            return path;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("no file name: " + name.replace(File.separatorChar, '/'), e);
        }
    }

    private static ContentType type(String text) {
        var type = ContentType.parse(text);
        if (!text.strip()
                .regionMatches(true, 0, type.mediaType(), 0, type.mediaType().length())) {
            throw new IllegalArgumentException("not a media type: " + text);
        }
        return type;
    }

    private static OffsetDateTime date(JsonNode value) {
        try {
            return OffsetDateTime.parse(Keys.text(value));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "not a date as in RFC 3339, 2026-11-21T09:08:07+01:00: " + value.asText(), e);
        }
    }

    private interface Adder {
        void add(String name, HeaderValue value);
    }

    private static void header(String path, JsonNode description, Adder adder) {
        Keys.read(path, description, (at, key, value) -> switch (key) {
            case "name", "value", "raw" -> !Keys.text(value).isEmpty() || !key.equals("name");
            default -> false;
        });
        boolean raw = description.has("raw");
        if (!description.has("name") || raw == description.has("value")) {
            throw new Refused(path + ": a header has a name, and a value or raw");
        }
        var text = description.path(raw ? "raw" : "value").asText();
        adder.add(description.path("name").asText(), raw ? new HeaderValue.Raw(text) : new HeaderValue.Text(text));
    }

    private static List<Address> addresses(String path, JsonNode value) {
        var addresses = new ArrayList<Address>();
        if (value.isArray()) {
            Keys.each(path, value, (at, each) -> addresses.addAll(address(at, each)));
        } else {
            addresses.addAll(address(path, value));
        }
        return addresses;
    }

    private static List<Address> address(String path, JsonNode value) {
        if (!value.isObject()) {
            return Address.parse(Keys.text(value));
        }
        Keys.read(
                path,
                value,
                (at, key, each) ->
                        List.of("name", "address", "group", "members").contains(key));
        if (value.has("group")) {
            var members = Address.mailboxes(addresses(path + ".members", value.path("members")));
            return List.of(new Address.Group(Optional.of(Keys.text(value.path("group"))), members));
        }
        return List.of(new Address.Mailbox(
                value.has("name") ? Optional.of(Keys.text(value.path("name"))) : Optional.empty(),
                Optional.of(Keys.text(value.path("address")))));
    }

    private static Address.Mailbox sender(List<Address> addresses) {
        if (addresses.size() == 1 && addresses.get(0) instanceof Address.Mailbox mailbox) {
            return mailbox;
        }
        throw new IllegalArgumentException("one mailbox, no list and no group");
    }

    /** The first author's, for the Message-ID. */
    private static String domain(JsonNode from) {
        try {
            return Address.mailboxes(addresses("from", from)).stream()
                    .flatMap(mailbox -> mailbox.address().stream())
                    .map(address -> address.substring(address.lastIndexOf('@') + 1))
                    .filter(domain -> domain.matches("[A-Za-z0-9.-]+"))
                    .findFirst()
                    .orElse(DEFAULT_DOMAIN);
        } catch (IllegalArgumentException | Refused e) {
            return DEFAULT_DOMAIN; // refused with its place when its turn comes
        }
    }
}
