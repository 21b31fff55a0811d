package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.jmap.mail.HeaderProperty;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.write.BodyPart;
import org.merpati.lib.mime.write.HeaderValue;
import org.merpati.lib.mime.write.MessageWriter;
import org.merpati.lib.mime.write.NewField;
import org.merpati.lib.mime.write.NewMessage;

/** Header fields as clients give them, in any of the forms (RFC 8621 §4.1.2), to be written. */
final class NewFields {
    private NewFields() {}

    static HeaderProperty property(String name) throws SetException {
        try {
            return HeaderProperty.parse(name);
        } catch (MethodException e) {
            throw Given.invalid(name, e.error().description());
        }
    }

    /** The fields that a property stands for: several for a list, none for what is null or empty. */
    static List<NewField> of(HeaderProperty property, JsonNode value) throws SetException {
        var fields = new ArrayList<NewField>();
        if (property.all()) {
            if (!value.isArray()) {
                throw invalid(property, "a list, one for each field");
            }
            for (var one : value) {
                fields.addAll(one(property, one));
            }
        } else {
            fields.addAll(one(property, value));
        }
        return fields;
    }

    private static List<NewField> one(HeaderProperty property, JsonNode value) throws SetException {
        if (value.isNull() || (value.isArray() && value.isEmpty())) {
            return List.of();
        }
        try {
            return List.of(new NewField(
                    property.field(),
                    switch (property.form()) {
                        case RAW -> new HeaderValue.Raw(raw(text(property, value)));
                        case TEXT -> new HeaderValue.Text(text(property, value));
                        case MESSAGE_IDS -> new HeaderValue.Ids(texts(property, value));
                        case URLS -> new HeaderValue.Urls(texts(property, value));
                        case DATE -> new HeaderValue.Date(date(property, value));
                        case ADDRESSES -> addresses(property, List.copyOf(mailboxes(property, value)));
                        case GROUPED_ADDRESSES -> addresses(property, groups(property, value));
                    }));
        } catch (IllegalArgumentException e) {
            throw invalid(property, String.valueOf(e.getMessage()));
        }
    }

    /** The space after the colon is written by itself. */
    private static String raw(String value) {
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private static String text(HeaderProperty property, JsonNode value) throws SetException {
        if (!value.isTextual()) {
            throw invalid(property, "a string");
        }
        return value.textValue();
    }

    private static List<String> texts(HeaderProperty property, JsonNode value) throws SetException {
        if (!value.isArray()) {
            throw invalid(property, "a list of strings");
        }
        var texts = new ArrayList<String>();
        for (var one : value) {
            texts.add(text(property, one));
        }
        return texts;
    }

    private static OffsetDateTime date(HeaderProperty property, JsonNode value) throws SetException {
        try {
            return OffsetDateTime.parse(text(property, value));
        } catch (DateTimeException e) {
            throw invalid(property, "a Date");
        }
    }

    private static List<Address.Mailbox> mailboxes(HeaderProperty property, JsonNode value) throws SetException {
        if (!value.isArray()) {
            throw invalid(property, "a list of EmailAddress objects");
        }
        var mailboxes = new ArrayList<Address.Mailbox>();
        for (var one : value) {
            var name = one.path("name");
            var email = one.path("email");
            boolean known = one.isObject()
                    && one.properties().stream()
                            .allMatch(entry -> entry.getKey().equals("name")
                                    || entry.getKey().equals("email"));
            if (!known || !(name.isTextual() || name.isNull() || name.isMissingNode()) || !email.isTextual()) {
                throw invalid(property, "EmailAddress objects have a \"name\", which may be null, and an \"email\"");
            }
            mailboxes.add(new Address.Mailbox(some(name.asText("")), some(email.textValue())));
        }
        return mailboxes;
    }

    private static List<Address> groups(HeaderProperty property, JsonNode value) throws SetException {
        if (!value.isArray()) {
            throw invalid(property, "a list of EmailAddressGroup objects");
        }
        var all = new ArrayList<Address>();
        for (var one : value) {
            var members = mailboxes(property, one.path("addresses"));
            var name = one.path("name");
            if (name.isTextual()) {
                all.add(new Address.Group(some(name.textValue()), members));
            } else {
                all.addAll(members);
            }
        }
        return all;
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** A draft may have addresses that are not finished (RFC 8621 §4.6): these are written as the text that they are. */
    private static HeaderValue addresses(HeaderProperty property, List<Address> addresses) {
        var value = new HeaderValue.Addresses(addresses);
        try {
            new MessageWriter()
                    .utf8()
                    .prepare(new NewMessage(List.of(new NewField(property.field(), value)), BodyPart.text("")));
            return value;
        } catch (IllegalArgumentException e) {
            var text = new ArrayList<String>();
            Address.mailboxes(addresses).forEach(mailbox -> text.add(written(mailbox)));
            return new HeaderValue.Text(String.join(", ", text));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no errors
        }
    }

    private static String written(Address.Mailbox mailbox) {
        var address = mailbox.address().orElse("");
        return mailbox.name()
                .map(name -> "\"" + name.replace("\\", "").replace("\"", "") + "\" <" + address + ">")
                .orElse(address);
    }

    private static SetException invalid(HeaderProperty property, String why) {
        return Given.invalid(property.property(), why);
    }
}
