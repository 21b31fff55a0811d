package org.merpati.core.jmap.mail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.lib.mime.HeaderField;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.charset.Charsets;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.view.BodyView;
import org.merpati.lib.mime.view.Html;
import org.merpati.lib.mime.view.ThreadSubject;

/** A message as searches look at it; what is asked for again is kept. Used by one thread. */
final class SearchedMail {
    /** Octets of one part, and of all, that are looked at. */
    private static final int MOST_OF_PART = 1 << 20;

    private static final int MOST = 8 << 20;

    private final MailSource mail;
    private @Nullable List<String> texts;
    private @Nullable List<String> folded;

    SearchedMail(MailSource mail) {
        this.mail = mail;
    }

    boolean hasAttachment() {
        return mail.body().hasAttachment();
    }

    /** The decoded fields of that name. */
    List<String> fields(String name) throws IOException {
        return mail.header(name).all(name).stream()
                .map(HeaderField::text)
                .map(SearchText::fold)
                .toList();
    }

    /** The texts of the body, without the marks of HTML, as they are to be shown. */
    List<String> texts() throws IOException {
        var known = texts;
        if (known == null) {
            known = new ArrayList<>();
            texts(mail.root(), known, new int[] {MOST});
            texts = known;
        }
        return known;
    }

    List<String> body() throws IOException {
        var known = folded;
        if (known == null) {
            known = texts().stream().map(SearchText::fold).toList();
            folded = known;
        }
        return known;
    }

    private void texts(Part part, List<String> into, int[] left) throws IOException {
        for (var child : part.parts()) {
            texts(child, into, left);
        }
        var type = BodyView.mediaType(part);
        if (part.isMultipart() || !type.startsWith("text/") || left[0] <= 0) {
            return;
        }
        byte[] octets;
        var content = PartOctets.content(mail.octets(), part);
        try (var in = content.open(0, content.size())) {
            octets = in.readNBytes(Math.min(MOST_OF_PART, left[0]));
        }
        left[0] -= octets.length;
        var text = Charsets.decode(octets, 0, octets.length, part.charset().orElse("us-ascii"));
        into.add(type.equals("text/html") ? Html.toText(text) : text);
    }

    /** Decoded; empty when there is none. */
    String subject() throws IOException {
        return mail.header("Subject").text("Subject").orElse("");
    }

    /** RFC 8621 §4.4.2. */
    String baseSubject() throws IOException {
        return ThreadSubject.of(subject()).base();
    }

    /** The name, or else the address, of the first mailbox in a field (RFC 8621 §4.4.2). */
    String first(String field) throws IOException {
        Optional<Address.Mailbox> first =
                Address.mailboxes(mail.header(field).addresses(field)).stream().findFirst();
        return first.flatMap(mailbox ->
                        mailbox.name().filter(name -> !name.isEmpty()).or(mailbox::address))
                .orElse("");
    }

    /** Milliseconds since 1970; a message that does not say is older than all. */
    long sent() throws IOException {
        return mail.header("Date")
                .date("Date")
                .map(date -> date.toInstant().toEpochMilli())
                .orElse(Long.MIN_VALUE);
    }
}
