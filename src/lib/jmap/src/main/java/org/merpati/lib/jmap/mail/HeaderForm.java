package org.merpati.lib.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.text.Normalizer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.lib.mime.HeaderField;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.DateTime;
import org.merpati.lib.mime.field.ListField;
import org.merpati.lib.mime.field.MessageIds;

/** A form in which a header field is read or written, and the fields it is for (RFC 8621 §4.1.2). */
public enum HeaderForm {
    RAW("Raw") {
        @Override
        public JsonNode read(HeaderField field) {
            var raw = field.raw();
            int end = raw.endsWith("\r\n") ? raw.length() - 2 : raw.endsWith("\n") ? raw.length() - 1 : raw.length();
            return text(raw.substring(0, end).replace("\0", ""));
        }
    },
    TEXT("Text", "Subject", "Comments", "Keywords", "List-Id") {
        @Override
        public JsonNode read(HeaderField field) {
            var plain = new StringBuilder();
            field.text()
                    .codePoints()
                    .filter(c -> c == '\t' || !Character.isISOControl(c))
                    .forEach(plain::appendCodePoint);
            return text(Normalizer.normalize(plain, Normalizer.Form.NFC));
        }
    },
    ADDRESSES(
            "Addresses",
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Cc",
            "Bcc",
            "Resent-From",
            "Resent-Sender",
            "Resent-Reply-To",
            "Resent-To",
            "Resent-Cc",
            "Resent-Bcc") {
        @Override
        public JsonNode read(HeaderField field) {
            return mailboxes(Address.mailboxes(Address.parse(field.raw())));
        }
    },
    GROUPED_ADDRESSES("GroupedAddresses") {
        @Override
        public boolean isFor(String field) {
            return ADDRESSES.isFor(field);
        }

        @Override
        public JsonNode read(HeaderField field) {
            var groups = JsonNodeFactory.instance.arrayNode();
            var alone = new ArrayList<Address.Mailbox>();
            for (var address : Address.parse(field.raw())) {
                switch (address) {
                    case Address.Mailbox mailbox -> alone.add(mailbox);
                    case Address.Group group -> {
                        add(groups, alone);
                        alone.clear();
                        var json = groups.addObject();
                        json.set("name", nameOf(group.name()));
                        json.set("addresses", mailboxes(group.members()));
                    }
                }
            }
            add(groups, alone);
            return groups;
        }
    },
    MESSAGE_IDS("MessageIds", "Message-ID", "In-Reply-To", "References", "Resent-Message-ID") {
        @Override
        public JsonNode read(HeaderField field) {
            return strings(MessageIds.parse(field.raw()));
        }
    },
    DATE("Date", "Date", "Resent-Date") {
        @Override
        public JsonNode read(HeaderField field) {
            return DateTime.parse(field.raw())
                    .<JsonNode>map(date -> JsonNodeFactory.instance.textNode(written(date)))
                    .orElseGet(JsonNodeFactory.instance::nullNode);
        }
    },
    URLS("URLs", "List-Help", "List-Unsubscribe", "List-Subscribe", "List-Post", "List-Owner", "List-Archive") {
        @Override
        public JsonNode read(HeaderField field) {
            return strings(ListField.parse(field.raw()).stream()
                    .map(ListField.Action::uri)
                    .filter(uri -> uri.indexOf(':') > 0) // List-Post may say NO (RFC 2369 §3.4)
                    .toList());
        }
    };

    /** Those of RFC 5322 and RFC 2369; other fields may be read in every form. */
    private static final Set<String> DEFINED = names(
            "Date",
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Cc",
            "Bcc",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Subject",
            "Comments",
            "Keywords",
            "Resent-Date",
            "Resent-From",
            "Resent-Sender",
            "Resent-Reply-To",
            "Resent-To",
            "Resent-Cc",
            "Resent-Bcc",
            "Resent-Message-ID",
            "Return-Path",
            "Received",
            "List-Help",
            "List-Unsubscribe",
            "List-Subscribe",
            "List-Post",
            "List-Owner",
            "List-Archive");

    private final String word;
    private final Set<String> fields;

    HeaderForm(String word, String... fields) {
        this.word = word;
        this.fields = names(fields);
    }

    /** The field's value; null in JSON where there is nothing of that form. */
    public abstract JsonNode read(HeaderField field);

    /** Whether the field may be asked for, or set, in this form. */
    public boolean isFor(String field) {
        return this == RAW || fields.contains(field) || !DEFINED.contains(field);
    }

    /** By its name after {@code as}. */
    static Optional<HeaderForm> named(String word) {
        for (var form : values()) {
            if (form.word.equals(word)) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /** RFC 8620 §1.4: no fraction that is zero, capitals; {@code Z} where the offset is zero. */
    public static String written(OffsetDateTime date) {
        return date.withNano(0).toString().replaceFirst("(T\\d\\d:\\d\\d)(?=[Z+-])", "$1:00");
    }

    /** Any text, so that it can be written in UTF-8: halves of surrogate pairs are replaced. */
    public static JsonNode text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                var clean = new StringBuilder(text.length());
                text.codePoints()
                        .map(c -> c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
                        .forEach(clean::appendCodePoint);
                return JsonNodeFactory.instance.textNode(clean.toString());
            }
        }
        return JsonNodeFactory.instance.textNode(text);
    }

    private static JsonNode strings(List<String> strings) {
        if (strings.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        var list = JsonNodeFactory.instance.arrayNode();
        strings.forEach(string -> list.add(text(string)));
        return list;
    }

    /** Mailboxes that are in no group. */
    private static void add(ArrayNode groups, List<Address.Mailbox> members) {
        if (!members.isEmpty()) {
            var group = groups.addObject();
            group.putNull("name");
            group.set("addresses", mailboxes(members));
        }
    }

    private static ArrayNode mailboxes(List<Address.Mailbox> mailboxes) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var mailbox : mailboxes) {
            var address = list.addObject();
            address.set("name", nameOf(mailbox.name()));
            address.set("email", text(mailbox.address().orElse("")));
        }
        return list;
    }

    private static JsonNode nameOf(Optional<String> name) {
        return name.map(given -> text(Normalizer.normalize(given, Normalizer.Form.NFC)))
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }

    private static Set<String> names(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }
}
