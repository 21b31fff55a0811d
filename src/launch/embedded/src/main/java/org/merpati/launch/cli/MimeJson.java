package org.merpati.launch.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.Address.Group;
import org.merpati.lib.mime.field.Address.Mailbox;
import org.merpati.lib.mime.field.Disposition;
import org.merpati.lib.mime.view.BodyView;
import org.merpati.lib.mime.view.Preview;

/** A message as one JSON object on one line. Names and meanings are those of RFC 8621 §4.1 where it has them. */
final class MimeJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    /** Octets of a text part that are shown; of a longer one {@code textTruncated} is true. */
    private static final int LONGEST_TEXT = 8 << 20;

    private final Message message;
    private final JsonGenerator json;

    private MimeJson(Message message, JsonGenerator json) {
        this.message = message;
        this.json = json;
    }

    static void write(Message message, PrintWriter out) throws IOException {
        try (var json = FACTORY.createGenerator(out)) {
            new MimeJson(message, json).write();
        }
        out.println();
    }

    private void write() throws IOException {
        var header = message.root().header();
        json.writeStartObject();
        json.writeArrayFieldStart("headers");
        for (var field : header.fields()) {
            json.writeStartObject();
            json.writeStringField("name", field.name());
            json.writeStringField("raw", withoutLineEnd(field.raw()));
            json.writeStringField("decoded", field.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        addresses("from", header.addresses("From"));
        addresses("to", header.addresses("To"));
        addresses("cc", header.addresses("Cc"));
        addresses("bcc", header.addresses("Bcc"));
        addresses("replyTo", header.addresses("Reply-To"));
        addresses("sender", header.addresses("Sender"));
        string("subject", header.text("Subject"));
        string("date", header.date("Date").map(MimeJson::rfc3339));
        string("messageId", header.ids("Message-ID").stream().findFirst());
        strings("inReplyTo", header.ids("In-Reply-To"));
        strings("references", header.ids("References"));
        json.writeFieldName("parts");
        part(message.root());
        var view = BodyView.of(message.root());
        partIds("textBody", view.textBody());
        partIds("htmlBody", view.htmlBody());
        partIds("attachments", view.attachments());
        json.writeStringField("preview", Preview.of(message));
        json.writeArrayFieldStart("defects");
        for (var defect : message.defects()) {
            json.writeStartObject();
            json.writeStringField(
                    "kind", defect.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.writeNumberField("offset", defect.offset());
            json.writeStringField("text", defect.kind().sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void part(Part part) throws IOException {
        json.writeStartObject();
        json.writeStringField("partId", BodyView.partId(part).orElse(null));
        json.writeStringField("type", part.contentType().mediaType());
        string("charset", part.charset());
        string("disposition", part.disposition().map(Disposition::kind));
        string("name", part.name());
        string("cid", part.contentId());
        if (part.isMultipart()) {
            json.writeArrayFieldStart("parts");
            for (var child : part.parts()) {
                part(child);
            }
            json.writeEndArray();
        } else {
            content(part);
        }
        json.writeEndObject();
    }

    private void content(Part part) throws IOException {
        var counted = new Counted(sha256());
        message.writeContent(part, counted);
        json.writeNumberField("size", counted.size);
        json.writeStringField(
                "sha256", HexFormat.of().formatHex(counted.getMessageDigest().digest()));
        if (BodyView.mediaType(part).startsWith("text/")) {
            json.writeStringField("text", message.text(part, LONGEST_TEXT));
            if (counted.size > LONGEST_TEXT) {
                json.writeBooleanField("textTruncated", true);
            }
        }
    }

    private void addresses(String name, List<Address> addresses) throws IOException {
        json.writeArrayFieldStart(name);
        for (var address : addresses) {
            switch (address) {
                case Mailbox mailbox -> mailbox(mailbox, null);
                case Group group -> {
                    for (var member : group.members()) {
                        mailbox(member, group.name().orElse(""));
                    }
                    if (group.members().isEmpty()) {
                        mailbox(
                                new Mailbox(Optional.empty(), Optional.empty()),
                                group.name().orElse(""));
                    }
                }
            }
        }
        json.writeEndArray();
    }

    private void mailbox(Mailbox mailbox, @Nullable String group) throws IOException {
        json.writeStartObject();
        string("name", mailbox.name());
        string("address", mailbox.address());
        json.writeStringField("group", group);
        json.writeEndObject();
    }

    private void partIds(String name, List<Part> parts) throws IOException {
        strings(
                name,
                parts.stream().flatMap(part -> BodyView.partId(part).stream()).toList());
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (var value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void string(String name, Optional<String> value) throws IOException {
        json.writeStringField(name, value.orElse(null));
    }

    private static String rfc3339(OffsetDateTime date) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(date);
    }

    private static String withoutLineEnd(String raw) {
        int end = raw.length();
        if (end > 0 && raw.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > 0 && raw.charAt(end - 1) == '\r') {
            end--;
        }
        return raw.substring(0, end);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static final class Counted extends DigestOutputStream {
        long size;

        Counted(MessageDigest digest) {
            super(OutputStream.nullOutputStream(), digest);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            super.write(bytes, offset, length);
            size += length;
        }

        @Override
        public void write(int octet) throws IOException {
            super.write(octet);
            size++;
        }
    }
}
