package org.merpati.lib.mime.view;

import java.util.List;
import java.util.Optional;
import org.merpati.lib.mime.Header;

/**
 * IMAP's envelope of a message (RFC 9051 §7.5.2): its fields unfolded, their encoded words as they stand; a subject or name
 * beyond ASCII becomes encoded words. Where a field stands more than once the last one counts.
 *
 * @param sender as {@code from} when the message names none; so is {@code replyTo}
 */
public record Envelope(
        Optional<String> date,
        Optional<String> subject,
        List<Address> from,
        List<Address> sender,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        Optional<String> inReplyTo,
        Optional<String> messageId) {
    /** Of a message that could not be read. */
    static final Envelope NONE = new Envelope(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    /**
     * An address structure. Without a host it is the beginning of a group, whose name is the mailbox, or, without both, the end
     * of one. A broken address has an empty host or mailbox instead.
     *
     * @param route the hosts to go through (RFC 5322 §4.4, obs-route)
     */
    public record Address(
            Optional<String> name, Optional<String> route, Optional<String> mailbox, Optional<String> host) {
        static final Address GROUP_END =
                new Address(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        static Address groupBegin(String name) {
            return new Address(
                    Optional.empty(), Optional.empty(), Optional.of(FieldText.encoded(name)), Optional.empty());
        }
    }

    public Envelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }

    /** @param header of the root of a message */
    public static Envelope of(Header header) {
        var from = addresses(header, "From");
        var sender = addresses(header, "Sender");
        var replyTo = addresses(header, "Reply-To");
        return new Envelope(
                FieldText.of(header, "Date"),
                FieldText.of(header, "Subject").map(FieldText::encoded),
                from,
                sender.isEmpty() ? from : sender,
                replyTo.isEmpty() ? from : replyTo,
                addresses(header, "To"),
                addresses(header, "Cc"),
                addresses(header, "Bcc"),
                FieldText.of(header, "In-Reply-To"),
                FieldText.of(header, "Message-ID"));
    }

    private static List<Address> addresses(Header header, String name) {
        return FieldText.of(header, name)
                .map(text -> new EnvelopeAddresses(text).read())
                .orElse(List.of());
    }
}
