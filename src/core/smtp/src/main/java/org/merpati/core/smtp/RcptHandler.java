package org.merpati.core.smtp;

import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.command.Rcpt;
import org.merpati.lib.smtp.path.ForwardPath;
import org.merpati.lib.smtp.path.MailDomain;
import org.merpati.lib.smtp.path.Mailbox;

/** RCPT: who is one of ours, and has room (RFC 5321 §4.1.1.3, §3.6.2). */
final class RcptHandler {
    private final SmtpServer server;
    private final Steps steps;
    private final InetAddress local;

    /** @param local the address the client came to: as an address literal it means this host (RFC 5321 §4.1.3) */
    RcptHandler(SmtpServer server, Steps steps, InetAddress local) {
        this.server = server;
        this.steps = steps;
        this.local = local;
    }

    SmtpReply run(Rcpt rcpt, Sending transaction) {
        var recipients = transaction.recipients();
        recipients.asked();
        if (rcpt.needsSmtpUtf8() && !transaction.parameters().smtpUtf8()) {
            return SmtpReply.of(553, "5.6.7", "An address that is not ASCII needs SMTPUTF8 with MAIL");
        }
        var request = new RcptRequest(
                Steps.request(transaction.from(), transaction.parameters()),
                rcpt.to().toString(),
                recipients.count());
        return switch (steps.rcpt(transaction, request, rcpt.to())) {
            case Steps.Addressed.No<ForwardPath>(var why) -> why;
            case Steps.Addressed.To<ForwardPath>(var path) -> run(rcpt, path, transaction);
        };
    }

    private SmtpReply run(Rcpt rcpt, ForwardPath path, Sending transaction) {
        var shown = Paths.shown(rcpt.to());
        return switch (find(path)) {
            case Recipient.Local ours -> take(ours, rcpt, transaction);
            case Recipient.TooMany() -> tooMany(rcpt);
            case Recipient.Unknown() -> SmtpReply.of(550, "5.1.1", "No mailbox <" + shown + "> here");
            case Recipient.Elsewhere() ->
                server.kind() == SmtpKind.SUBMISSION
                        ? SmtpReply.of(
                                550,
                                "5.4.4",
                                "<" + shown + "> is on another server, and sending mail there is not built yet")
                        : SmtpReply.of(
                                550, "5.7.1", "Relaying denied: <" + shown + "> is not in a domain of this server");
        };
    }

    private SmtpReply take(Recipient.Local ours, Rcpt rcpt, Sending transaction) {
        var recipients = transaction.recipients();
        var shown = Paths.shown(rcpt.to());
        boolean full = recipients.answers() >= server.limits().maxRecipients();
        if (full && !(recipients.has(ours) && server.kind() != SmtpKind.LMTP)) {
            return SmtpReply.of(452, "4.5.3", "Too many recipients: the others in another message, please");
        }
        if (!recipients.has(ours)) {
            long size = transaction.parameters().size().orElse(0);
            long room = server.reception().room(server.door(), ours);
            if (room < size) {
                return SmtpReply.of(452, "4.2.2", "Mailbox <" + shown + "> is full, try again later");
            }
            if (!recipients.take(Envelopes.addressee(ours, rcpt), room)) {
                return tooMany(rcpt);
            }
        }
        recipients.answered(ours);
        return SmtpReply.of(250, "2.1.5", "Recipient <" + shown + "> ok");
    }

    /** Where the message has other recipients, a message of its own may pass (RFC 3463 §3.6). */
    private static SmtpReply tooMany(Rcpt rcpt) {
        return SmtpReply.of(
                452, "4.5.3", "<" + Paths.shown(rcpt.to()) + "> leads to more recipients than one message may have");
    }

    private Recipient find(ForwardPath path) {
        return switch (path) {
            case ForwardPath.Postmaster() -> postmaster();
            case ForwardPath.Recipient(var mailbox) -> find(mailbox);
        };
    }

    /** The postmaster of this host, or of the domain above it, {@code mail.example.org} being in {@code example.org}. */
    private Recipient postmaster() {
        var hostname = server.limits().hostname();
        int dot = hostname.indexOf('.');
        boolean parent = dot >= 0 && hostname.indexOf('.', dot + 1) >= 0;
        return Stream.of(hostname, parent ? hostname.substring(dot + 1) : hostname)
                .distinct()
                .map(domain -> find("postmaster", domain))
                .filter(Recipient.Local.class::isInstance)
                .findFirst()
                .orElseGet(Recipient.Unknown::new);
    }

    private Recipient find(Mailbox mailbox) {
        return switch (mailbox.domain()) {
            case MailDomain.Name(var name) -> find(mailbox.localPart(), name);
            case MailDomain.Literal literal
            when literal.address().equals(Optional.of(local)) ->
                mailbox.postmaster()
                        ? postmaster()
                        : find(mailbox.localPart(), server.limits().hostname());
            case MailDomain.Literal literal -> new Recipient.Elsewhere();
        };
    }

    private Recipient find(String localPart, String domain) {
        var address = Paths.address(localPart, domain);
        if (address.isPresent()) {
            return server.directory().find(server.door(), address.get()).orThrow();
        }
        // nobody here can have such a local part; whether the domain is ours decides what to say
        return Paths.address("postmaster", domain)
                .map(known -> server.directory().find(server.door(), known).orThrow())
                .filter(Recipient.Elsewhere.class::isInstance)
                .orElseGet(Recipient.Unknown::new);
    }
}
