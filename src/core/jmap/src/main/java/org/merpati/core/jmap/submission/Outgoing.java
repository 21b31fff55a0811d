package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.core.store.ContentOctets;
import org.merpati.core.store.Emails.Email;
import org.merpati.core.store.Identities.Identity;
import org.merpati.core.transport.Addressee;
import org.merpati.core.transport.Client;
import org.merpati.core.transport.Demands;
import org.merpati.core.transport.Envelope;
import org.merpati.core.transport.Receipt;
import org.merpati.core.transport.Reception;
import org.merpati.core.transport.Report;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.command.Hold;
import org.merpati.lib.smtp.command.Mail;
import org.merpati.lib.smtp.path.MailDomain;
import org.merpati.lib.smtp.path.Mailbox;
import org.merpati.lib.smtp.path.ReversePath;

/** Sends an email as it is stored: checks it and its envelope, and delivers it (RFC 8621 §7.5). */
final class Outgoing {
    /** How long a message may wait (RFC 4865). */
    static final Duration LONGEST_WAIT = Duration.ofDays(30);

    private static final Logger LOG = System.getLogger(Outgoing.class.getName());

    private final Call call;
    private final Principal.User sender;
    private final Reception reception;

    Outgoing(Call call, Principal.User sender, Reception reception) {
        this.call = call;
        this.sender = sender;
        this.reception = reception;
    }

    /**
     * What may be sent.
     *
     * @param sendAt not before now
     */
    record Checked(GivenEnvelope envelope, Mail mail, List<Addressee> addressees, Octets octets, Instant sendAt) {}

    /**
     * Looks whether everybody would get it.
     *
     * @param given the envelope; empty when the server is to make it
     * @throws SetException why it may not be sent
     */
    Checked check(Email email, Identity identity, Optional<JsonNode> given, Instant now)
            throws SetException, IOException {
        long largest = call.platform().config().get(Settings.SMTP_MAX_MESSAGE).octets();
        if (email.size() > largest) {
            throw new SetException(SetError.of("tooLarge", "").with("maxSize", largest));
        }
        var octets = PartOctets.of(call.platform().blobs(), email.blob());
        var authors = new Authors(Header.read(octets));
        authors.check(call);
        var envelope = given.isPresent() ? GivenEnvelope.read(given.get()) : authors.envelope(identity);
        var mail = mail(envelope);
        var sendAt = sendAt(mail, now);
        var addressees = new Addressees(call, reception, email.size()).find(envelope.rcptTo());
        return new Checked(envelope, mail, addressees, octets, sendAt);
    }

    /** RFC 4865 §4; a time that is over is now. */
    private static Instant sendAt(Mail mail, Instant now) throws SetException {
        var hold = mail.parameters().hold();
        var at = hold.isEmpty()
                ? now
                : switch (hold.get()) {
                    case Hold.For(var time) -> now.plus(time);
                    case Hold.Until(var time) -> time.isBefore(now) ? now : time.truncatedTo(ChronoUnit.MILLIS);
                };
        if (at.isAfter(now.plus(LONGEST_WAIT))) {
            throw GivenEnvelope.wrong("a message waits " + LONGEST_WAIT.toSeconds() + " seconds at most");
        }
        return at;
    }

    /**
     * Returns deliveryStatus, when it is committed for all recipients.
     *
     * @throws SetException when nobody gets it
     */
    ObjectNode send(Checked checked) throws SetException, IOException {
        var envelope = checked.envelope();
        var receipt = receive(checked.mail(), checked.addressees(), checked.octets());
        if (!(receipt instanceof Receipt.Accepted(var id))) {
            throw new SetException(refusal(receipt, envelope));
        }
        return DeliveryStatus.delivered(envelope, id, Map.of());
    }

    private Receipt receive(Mail mail, List<Addressee> addressees, Octets octets) throws IOException {
        return receive(envelope(mail, addressees), addressees.size(), octets);
    }

    /** Whoever has it from an earlier try under this id does not get it again. */
    Receipt receive(UUID delivery, Mail mail, List<Addressee> addressees, Octets octets) throws IOException {
        return receive(envelope(mail, addressees).as(delivery), addressees.size(), octets);
    }

    private Receipt receive(Envelope envelope, int recipients, Octets octets) throws IOException {
        var receipt = receive(envelope, octets);
        if (receipt instanceof Receipt.Accepted(var id)) {
            LOG.log(
                    Level.INFO,
                    () -> "jmap: accepted message " + id + " from "
                            + sender.address().domain() + ", " + recipients + " recipients, " + octets.size()
                            + " octets");
        }
        return receipt;
    }

    /** The sender's address is theirs, or none. */
    private Mail mail(GivenEnvelope envelope) throws SetException {
        Mail mail;
        try {
            mail = SmtpWords.mail(envelope);
        } catch (SmtpSyntaxException e) {
            throw e.fault() == Fault.SENDER
                    ? forbidden(envelope)
                    : GivenEnvelope.wrong(e.reply().toString());
        }
        if (mail.from() instanceof ReversePath.Sender(var mailbox)
                && !address(mailbox)
                        .map(address -> Senders.mayUse(call, address))
                        .orElse(false)) {
            throw forbidden(envelope);
        }
        return mail;
    }

    private static SetException forbidden(GivenEnvelope envelope) {
        return new SetException(
                SetError.of("forbiddenMailFrom", "<" + envelope.mailFrom().email() + "> is not an address of yours"));
    }

    private static Optional<EmailAddress> address(Mailbox mailbox) {
        return mailbox.domain() instanceof MailDomain.Name(var domain)
                ? EmailAddress.parse(mailbox.localPart() + "@" + domain)
                : Optional.empty();
    }

    private Envelope envelope(Mail mail, List<Addressee> addressees) {
        var parameters = mail.parameters();
        var hostname = call.platform().config().get(Settings.HOSTNAME);
        return new Envelope(
                mail.from().text(),
                addressees,
                new Client(hostname, InetAddress.getLoopbackAddress(), "JMAP"), // where people are is nobody's business
                Optional.of(sender),
                new Report(parameters.ret(), parameters.envelopeId()),
                new Demands(parameters.smtpUtf8(), false, false, parameters.priority(), parameters.deliverBy()));
    }

    private Receipt receive(Envelope envelope, Octets octets) throws IOException {
        try (var spooled = call.platform().spool().create()) {
            try (var in = ContentOctets.content(octets).open()) {
                in.transferTo(spooled.sink());
            }
            return reception.receive(call.door(), envelope, spooled);
        } catch (NoSpaceException e) {
            return new Receipt.NoSpace();
        }
    }

    private static SetError refusal(Receipt receipt, GivenEnvelope envelope) {
        return switch (receipt) {
            case Receipt.Accepted accepted -> throw new IllegalArgumentException("nothing is wrong with " + accepted);
            case Receipt.NoRecipients() ->
                SetError.of("invalidRecipients", "550 5.1.1 None of the recipients is left here")
                        .with(
                                "invalidRecipients",
                                envelope.rcptTo().stream()
                                        .map(GivenEnvelope.Address::email)
                                        .toList());
            case Receipt.Loop(int hops) ->
                SetError.of("invalidEmail", "554 5.4.6 Mail loop: " + hops + " Received fields");
            case Receipt.CameBack() -> SetError.of("invalidEmail", "554 5.4.6 Mail loop: it was delivered here before");
            case Receipt.OverQuota() -> later("452 4.2.2 No room is left");
            case Receipt.NoSpace() -> later("452 4.3.1 Insufficient system storage");
            case Receipt.Deferred(var id) -> later("451 4.3.0 Not possible now " + id);
        };
    }

    private static SetError later(String why) {
        return SetError.of("serverUnavailable", why.strip() + "; try again later");
    }
}
