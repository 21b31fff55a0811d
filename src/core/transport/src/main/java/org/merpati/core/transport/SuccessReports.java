package org.merpati.core.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.store.Deliveries.Delivered;
import org.merpati.core.store.Deliveries.Delivery;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.Parameters;
import org.merpati.lib.mime.write.BodyPart;
import org.merpati.lib.mime.write.ContentSource;
import org.merpati.lib.mime.write.HeaderValue;
import org.merpati.lib.mime.write.MessageBuilder;
import org.merpati.lib.mime.write.MessageWriter;
import org.merpati.lib.mime.write.Transport;
import org.merpati.lib.smtp.command.Notify;

/**
 * Tells somebody who submitted a message, and asked to hear of it, that it was delivered (RFC 3461 §6, RFC 3464). Their
 * address is one of their account's, so the report goes there. Only the header of the message comes back, whatever RET said: it
 * is about failures (RFC 3461 §4.3).
 */
final class SuccessReports {
    private static final int LARGEST_HEADER = 256 * 1024;
    private static final Logger LOG = System.getLogger(SuccessReports.class.getName());

    private final String hostname;
    private final BlobStore blobs;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Consumer<Duration> pause;
    private final SecureRandom random = new SecureRandom();

    SuccessReports(String hostname, BlobStore blobs, InstantSource clock, ZoneId zone, Consumer<Duration> pause) {
        this.hostname = hostname;
        this.blobs = blobs;
        this.clock = clock;
        this.zone = zone;
        this.pause = pause;
    }

    /** After the message was committed, which stands whatever becomes of the report. */
    void deliver(Door door, Envelope envelope, FinalMessage message) {
        var about = envelope.addressees().stream()
                .filter(addressee -> addressee.dsn().wants(Notify.SUCCESS))
                .toList();
        if (about.isEmpty()
                || envelope.submitter().isEmpty()
                || envelope.reversePath().isEmpty()) {
            return;
        }
        try {
            var outcome = deliver(door, envelope.submitter().get(), report(envelope, about, message));
            if (!(outcome instanceof Outcome.Done)) {
                LOG.log(Level.ERROR, () -> "a report of success was not delivered: " + outcome);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "a report of success was not made", e);
        }
    }

    private Outcome<Delivered> deliver(Door door, Principal.User to, byte[] report) throws IOException {
        var now = clock.instant();
        var last = FinalMessage.of("Return-Path: <>\r\n", Content.of(report)); // no report of a report: RFC 3461 §6.1
        var id = DeliveryIds.at(now);
        var delivery = new Delivery(id, last.store(blobs, "message " + id), List.of(to.account()), now);
        return new Handover(door, pause).whole(delivery);
    }

    private byte[] report(Envelope envelope, List<Addressee> about, FinalMessage message) throws IOException {
        var now = clock.instant().atZone(zone);
        var status = DeliveryStatus.of(hostname, envelope.report(), now, about);
        var header = header(message);
        var type = new Parameters(List.of(new Parameters.Parameter("report-type", "delivery-status")));
        var parts = List.of(
                BodyPart.text(text(about)),
                BodyPart.content("message/delivery-status", ContentSource.of(status)),
                BodyPart.content(headerType(header), ContentSource.of(header)));
        var report = new MessageBuilder(clock, zone, random, hostname)
                .from(List.of(new Address.Mailbox(
                        Optional.of("Mail Delivery System"), Optional.of("postmaster@" + hostname))))
                .to(envelope.reversePath())
                .subject("Delivery report: your message was delivered")
                .header("Auto-Submitted", new HeaderValue.Raw("auto-replied")) // RFC 3834 §5
                .body(BodyPart.multipart("report", type, parts))
                .build();
        var writer = envelope.demands().smtpUtf8()
                ? new MessageWriter().utf8()
                : new MessageWriter().transport(Transport.EIGHT_BIT);
        var out = new ByteArrayOutputStream();
        writer.write(report, out);
        return out.toByteArray();
    }

    private static String text(List<Addressee> about) {
        var text = new StringBuilder("Your message was delivered to\r\n\r\n");
        about.forEach(
                addressee -> text.append("    <").append(addressee.address()).append(">\r\n"));
        return text.append("\r\nThis was asked for when the message was sent. Nothing is left to be done.\r\n")
                .toString();
    }

    /** As it was delivered; of a header longer than people write, nothing. */
    private static byte[] header(FinalMessage message) throws IOException {
        if (message.headerSize() > LARGEST_HEADER) {
            return new byte[0];
        }
        try (var in = message.content().open()) {
            return in.readNBytes(message.headerSize());
        }
    }

    /** RFC 3462 §3; with UTF-8 in it, RFC 6533 §4. */
    private static String headerType(byte[] header) {
        for (byte octet : header) {
            if (octet < 0) {
                return "message/global-headers";
            }
        }
        return "text/rfc822-headers";
    }
}
