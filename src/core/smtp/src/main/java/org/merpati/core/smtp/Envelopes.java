package org.merpati.core.smtp;

import java.util.EnumSet;
import java.util.Set;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.session.Connection;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.core.transport.Addressee;
import org.merpati.core.transport.Client;
import org.merpati.core.transport.Demands;
import org.merpati.core.transport.Envelope;
import org.merpati.core.transport.Report;
import org.merpati.lib.smtp.command.BodyType;
import org.merpati.lib.smtp.command.DeliverBy;
import org.merpati.lib.smtp.command.MailParameters;
import org.merpati.lib.smtp.command.Notify;
import org.merpati.lib.smtp.command.Rcpt;
import org.merpati.lib.smtp.path.ForwardPath;

/** What a client said in SMTP's words, in those of {@code core/transport}. */
final class Envelopes {
    private Envelopes() {}

    static Addressee addressee(Recipient.Local recipient, Rcpt rcpt) {
        var address = rcpt.to() instanceof ForwardPath.Recipient(var mailbox)
                ? mailbox.toString()
                : recipient.address().toString();
        var original = rcpt.original().map(o -> new Addressee.OriginalRecipient(o.type(), o.address()));
        return new Addressee(
                recipient,
                address,
                new Addressee.Dsn(rcpt.wishes().map(Envelopes::wanted).orElse(Set.of()), original));
    }

    private static Set<Addressee.Notify> wanted(Set<Notify> wishes) {
        var wanted = EnumSet.noneOf(Addressee.Notify.class);
        for (var wish : wishes) {
            wanted.add(
                    switch (wish) {
                        case SUCCESS -> Addressee.Notify.SUCCESS;
                        case FAILURE -> Addressee.Notify.FAILURE;
                        case DELAY -> Addressee.Notify.DELAY;
                    });
        }
        return wanted.isEmpty() ? Set.of(Addressee.Notify.NEVER) : wanted;
    }

    static Envelope envelope(SmtpKind kind, Sending transaction, Connection connection) {
        var greeted = transaction.greeted();
        var tls = connection.tls().map(details -> new Client.Tls(details.protocol(), details.cipher()));
        return new Envelope(
                transaction.from().text(),
                transaction.recipients().all(),
                new Client(
                        greeted.client(), connection.peer().getAddress(), protocol(kind, transaction, connection), tls),
                greeted.user(),
                report(transaction.parameters()),
                demands(transaction.parameters()));
    }

    /** The word of RFC 3848, and of RFC 6531 §4.3 for a message that asked for SMTPUTF8. */
    private static String protocol(SmtpKind kind, Sending transaction, Connection connection) {
        var greeted = transaction.greeted();
        if (!greeted.extended()) {
            return "SMTP";
        }
        boolean utf8 = transaction.parameters().smtpUtf8();
        var base = kind == SmtpKind.LMTP ? utf8 ? "UTF8LMTP" : "LMTP" : utf8 ? "UTF8SMTP" : "ESMTP";
        return base + (connection.secure() ? "S" : "") + (greeted.user().isPresent() ? "A" : "");
    }

    private static Report report(MailParameters parameters) {
        var ret = parameters.ret().map(content -> switch (content) {
            case FULL -> Report.Ret.FULL;
            case HDRS -> Report.Ret.HDRS;
        });
        return new Report(ret, parameters.envelopeId());
    }

    private static Demands demands(MailParameters parameters) {
        return new Demands(
                parameters.smtpUtf8(),
                parameters.body() == BodyType.BINARY_MIME,
                parameters.requireTls(),
                parameters.priority(),
                parameters.deliverBy().map(Envelopes::deliverBy));
    }

    private static Demands.DeliverBy deliverBy(DeliverBy by) {
        var mode = switch (by.mode()) {
            case RETURN -> Demands.DeliverBy.Mode.RETURN;
            case NOTIFY -> Demands.DeliverBy.Mode.NOTIFY;
        };
        return new Demands.DeliverBy(by.seconds(), mode, by.trace());
    }
}
