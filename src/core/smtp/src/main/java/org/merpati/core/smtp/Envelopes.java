package org.merpati.core.smtp;

import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.session.Connection;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.core.transport.Addressee;
import org.merpati.core.transport.Client;
import org.merpati.core.transport.Demands;
import org.merpati.core.transport.Envelope;
import org.merpati.core.transport.Report;
import org.merpati.lib.smtp.command.BodyType;
import org.merpati.lib.smtp.command.MailParameters;
import org.merpati.lib.smtp.command.Rcpt;
import org.merpati.lib.smtp.path.ForwardPath;

/** What a client said in SMTP's words, in those of {@code core/transport}. */
final class Envelopes {
    private Envelopes() {}

    static Addressee addressee(Recipient.Local recipient, Rcpt rcpt) {
        var address = rcpt.to() instanceof ForwardPath.Recipient(var mailbox)
                ? mailbox.toString()
                : recipient.address().toString();
        return new Addressee(recipient, address, new Addressee.Dsn(rcpt.wishes(), rcpt.original()));
    }

    static Envelope envelope(SmtpKind kind, Sending transaction, Connection connection) {
        var greeted = transaction.greeted();
        var parameters = transaction.parameters();
        var tls = connection.tls().map(details -> new Client.Tls(details.protocol(), details.cipher()));
        return new Envelope(
                transaction.from().text(),
                transaction.recipients().all(),
                new Client(
                        greeted.client(), connection.peer().getAddress(), protocol(kind, transaction, connection), tls),
                greeted.user(),
                new Report(parameters.ret(), parameters.envelopeId()),
                demands(parameters));
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

    private static Demands demands(MailParameters parameters) {
        return new Demands(
                parameters.smtpUtf8(),
                parameters.body() == BodyType.BINARY_MIME,
                parameters.requireTls(),
                parameters.priority(),
                parameters.deliverBy());
    }
}
