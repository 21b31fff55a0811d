package org.merpati.lib.mime.write;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.field.Address;

/**
 * Collects what a message says.
 *
 * <pre>{@code
 * new MessageBuilder(clock, zone, random, "example.org")      // for Date and Message-ID
 *         .from("Zoë", "zoe@example.org")
 *         .to("ann@example.org")
 *         .subject("Grüße")
 *         .text("Hello")
 *         .html("<p>Hello <img src=cid:wave>")
 *         .inline(BodyPart.content("image/png", wave).contentId("wave"))
 *         .attach(BodyPart.content("application/pdf", file).fileName("ñ.pdf"))
 *         .build()
 *         .writeTo(out);
 * }</pre>
 *
 * <p>Setting a field again replaces it, an empty list removes it; {@link #header} adds. Fields that RFC 5322 §3.6 allows once are refused
 * a second time. Bcc is written as given: who hands the message to others leaves it out.
 */
public final class MessageBuilder {
    /** The order in which these are written, before all others. */
    private static final List<String> ORDER = List.of(
            "date",
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "message-id",
            "in-reply-to",
            "references",
            "subject");

    private final List<NewField> fields = new ArrayList<>();
    private final List<BodyPart> inline = new ArrayList<>();
    private final List<BodyPart> attachments = new ArrayList<>();
    private @Nullable String text;
    private @Nullable String html;
    private @Nullable BodyPart body;

    /** A message that has the fields it is given and no others, such as one within a report. */
    public MessageBuilder() {}

    /**
     * A message with a Date and a Message-ID, either of which may be set again.
     *
     * @param random of a strong kind: ids are not to be guessed
     * @param domain the right side of the Message-ID
     */
    public MessageBuilder(InstantSource clock, ZoneId zone, RandomGenerator random, String domain) {
        date(OffsetDateTime.ofInstant(clock.instant(), zone));
        messageId(Chance.letters(random) + '@' + domain);
    }

    public MessageBuilder from(List<? extends Address> addresses) {
        return addresses("From", addresses);
    }

    public MessageBuilder from(String address) {
        return from(List.of(mailbox(address)));
    }

    public MessageBuilder from(String name, String address) {
        return from(List.of(mailbox(name, address)));
    }

    /** Who sent it, where that is not the one author (RFC 5322 §3.6.2). */
    public MessageBuilder sender(Address.Mailbox sender) {
        return addresses("Sender", List.of(sender));
    }

    public MessageBuilder replyTo(List<? extends Address> addresses) {
        return addresses("Reply-To", addresses);
    }

    public MessageBuilder to(List<? extends Address> addresses) {
        return addresses("To", addresses);
    }

    public MessageBuilder to(String address) {
        return to(List.of(mailbox(address)));
    }

    public MessageBuilder to(String name, String address) {
        return to(List.of(mailbox(name, address)));
    }

    public MessageBuilder cc(List<? extends Address> addresses) {
        return addresses("Cc", addresses);
    }

    public MessageBuilder bcc(List<? extends Address> addresses) {
        return addresses("Bcc", addresses);
    }

    public MessageBuilder subject(String subject) {
        return set("Subject", new HeaderValue.Text(subject));
    }

    public MessageBuilder date(OffsetDateTime date) {
        return set("Date", new HeaderValue.Date(date));
    }

    /** @param id with or without angle brackets, as all ids here */
    public MessageBuilder messageId(String id) {
        return set("Message-ID", new HeaderValue.Ids(List.of(id)));
    }

    public MessageBuilder inReplyTo(List<String> ids) {
        return ids("In-Reply-To", ids);
    }

    /** The ids of the messages before in the thread, the first one first. */
    public MessageBuilder references(List<String> ids) {
        return ids("References", ids);
    }

    /** Adds a field; what the body's parts write themselves is refused here. */
    public MessageBuilder header(String name, HeaderValue value) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-") || lower.equals("mime-version")) {
            throw new IllegalArgumentException(name + " belongs to the body's part, not to the message");
        }
        if (ORDER.contains(lower) && has(name)) {
            throw new IllegalArgumentException(name + " is there already, and may be there once (RFC 5322 §3.6)");
        }
        fields.add(new NewField(name, value));
        return this;
    }

    /** The body for those who read plain text. */
    public MessageBuilder text(String text) {
        this.text = text;
        return this;
    }

    /** The body for those who read HTML; with a text as well, readers choose. */
    public MessageBuilder html(String html) {
        this.html = html;
        return this;
    }

    /** A part that the HTML shows by its Content-ID. */
    public MessageBuilder inline(BodyPart part) {
        inline.add(part.headers().disposition().isEmpty() ? part.inline() : part);
        return this;
    }

    public MessageBuilder attach(BodyPart part) {
        attachments.add(part.headers().disposition().isEmpty() ? part.attachment() : part);
        return this;
    }

    /** The whole body, in place of text, HTML and what goes with them. */
    public MessageBuilder body(BodyPart body) {
        this.body = body;
        return this;
    }

    /** The message as it is now; the builder may go on. */
    public NewMessage build() {
        var ordered = new ArrayList<>(fields);
        ordered.sort(Comparator.comparingInt(MessageBuilder::order));
        return new NewMessage(ordered, arranged());
    }

    /** mixed(related(alternative(text, html), inline…), attachments…), without the levels that would hold one part. */
    private BodyPart arranged() {
        if (body != null) {
            if (text != null || html != null || !inline.isEmpty() || !attachments.isEmpty()) {
                throw new IllegalStateException("either a whole body, or text, HTML, inline parts and attachments");
            }
            return body;
        }
        var part = said();
        if (!inline.isEmpty()) {
            part = BodyPart.related(part, inline);
        }
        if (!attachments.isEmpty()) {
            var parts = new ArrayList<BodyPart>(List.of(part));
            parts.addAll(attachments);
            part = BodyPart.multipart("mixed", parts);
        }
        return part;
    }

    private BodyPart said() {
        if (html == null) {
            return BodyPart.text(Optional.ofNullable(text).orElse(""));
        }
        var rich = BodyPart.html(html);
        return text == null ? rich : BodyPart.multipart("alternative", BodyPart.text(text), rich);
    }

    private MessageBuilder addresses(String name, List<? extends Address> addresses) {
        return addresses.isEmpty() ? remove(name) : set(name, new HeaderValue.Addresses(List.copyOf(addresses)));
    }

    private MessageBuilder ids(String name, List<String> ids) {
        return ids.isEmpty() ? remove(name) : set(name, new HeaderValue.Ids(ids));
    }

    private MessageBuilder set(String name, HeaderValue value) {
        var field = new NewField(name, value);
        remove(name);
        fields.add(field);
        return this;
    }

    private MessageBuilder remove(String name) {
        fields.removeIf(field -> field.is(name));
        return this;
    }

    private boolean has(String name) {
        return fields.stream().anyMatch(field -> field.is(name));
    }

    private static int order(NewField field) {
        int index = ORDER.indexOf(field.name().toLowerCase(Locale.ROOT));
        return index < 0 ? ORDER.size() : index;
    }

    private static Address.Mailbox mailbox(String address) {
        return new Address.Mailbox(Optional.empty(), Optional.of(address));
    }

    private static Address.Mailbox mailbox(String name, String address) {
        return new Address.Mailbox(Optional.of(name), Optional.of(address));
    }
}
