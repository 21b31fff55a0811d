package org.merpati.core.smtp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.spool.Spooled;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.core.transport.Addressee;
import org.merpati.core.transport.Client;
import org.merpati.core.transport.Envelope;
import org.merpati.core.transport.Receipt;
import org.merpati.lib.smtp.DataReader;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpOutput;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.path.MailDomain;
import org.merpati.lib.smtp.path.ReversePath;

/**
 * DATA (RFC 5321 §4.1.1.4): 354, the message into the spool, reception, the reply. Nothing but the spool entry is held while
 * the message comes in.
 */
final class DataConversation {
    private static final Logger LOG = System.getLogger(DataConversation.class.getName());

    private static final SmtpReply GO_AHEAD = SmtpReply.plain(354, "Send the message, end it with CRLF.CRLF");

    private final Connection connection;
    private final SmtpServer server;
    private final SmtpOutput replies;
    private final SessionInput source;
    private final SmtpInput in;

    DataConversation(Connection connection, SmtpServer server, SmtpOutput replies, SessionInput source, SmtpInput in) {
        this.connection = connection;
        this.server = server;
        this.replies = replies;
        this.source = source;
        this.in = in;
    }

    /** Runs from 354 to before the last reply, which it returns. The transaction is over then, however it went. */
    SmtpReply run(Sending transaction) throws IOException {
        Spooled message;
        try {
            message = server.spool().create();
        } catch (IOException e) {
            return refused(transaction, SmtpFailures.replyFor(e));
        }
        try (message) {
            replies.write(GO_AHEAD);
            replies.flush();
            DataReader.Result result;
            source.inMessage(true);
            try {
                result = DataReader.read(in, message.sink(), server.limits().maxMessage());
            } finally {
                source.inMessage(false);
            }
            return switch (result) {
                case DataReader.Result.Whole(long size) -> receive(transaction, message, size);
                case DataReader.Result.TooLarge() ->
                    refused(transaction, SmtpFailures.tooLarge(server.limits().maxMessage()));
                case DataReader.Result.BareLineBreak() -> refused(transaction, SmtpFailures.bareLineBreak());
                case DataReader.Result.NotTaken(var cause) -> {
                    LOG.log(Level.WARNING, () -> connection.id() + ": the spool failed: " + cause);
                    yield refused(transaction, SmtpFailures.replyFor(cause));
                }
            };
        }
    }

    private SmtpReply receive(Sending transaction, Spooled message, long size) {
        if (size > transaction.recipients().room()) { // longer than MAIL said, or it said nothing (RFC 1870 §6.3)
            return refused(transaction, SmtpFailures.allFull());
        }
        var envelope = envelope(transaction);
        var receipt = server.reception().receive(server.door(), envelope, message);
        var reply = SmtpFailures.replyFor(receipt);
        if (receipt instanceof Receipt.Accepted(var id)) {
            LOG.log(
                    Level.INFO,
                    () -> connection.id() + ": accepted message " + id + " from " + senderDomain(transaction) + ", "
                            + envelope.addressees().size() + " recipients, "
                            + transaction.recipients().accounts() + " accounts, " + size + " octets");
            return reply;
        }
        return refused(transaction, reply);
    }

    private SmtpReply refused(Sending transaction, SmtpReply reply) {
        LOG.log(
                Level.INFO,
                () -> connection.id() + ": refused a message from " + senderDomain(transaction) + ": " + reply);
        return reply;
    }

    private Envelope envelope(Sending transaction) {
        var greeted = transaction.greeted();
        var protocol = !greeted.extended() ? "SMTP" : connection.secure() ? "ESMTPS" : "ESMTP"; // RFC 3848
        return new Envelope(
                transaction.mail().from().text(),
                transaction.recipients().all().stream().map(Addressee::new).toList(),
                new Client(greeted.client(), connection.peer().getAddress(), protocol));
    }

    private static String senderDomain(Sending transaction) {
        return switch (transaction.mail().from()) {
            case ReversePath.Null() -> "<>";
            case ReversePath.Sender(var mailbox) ->
                switch (mailbox.domain()) {
                    case MailDomain.Name(var name) -> name;
                    case MailDomain.Literal literal -> literal.toString();
                };
        };
    }
}
