package org.merpati.core.smtp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.session.Connection;
import org.merpati.core.api.spool.Spooled;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.core.transport.Receipt;
import org.merpati.lib.smtp.DataReader;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.path.MailDomain;
import org.merpati.lib.smtp.path.ReversePath;

/**
 * A message that has come to its end, however it came: into reception, and the replies to it. That is one reply, and with LMTP
 * one for each RCPT that was answered with 250 (RFC 2033 §4.2), also where nothing is taken.
 */
final class MessageHandover {
    private static final Logger LOG = System.getLogger(MessageHandover.class.getName());

    private final Connection connection;
    private final SmtpServer server;
    private final Steps steps;

    MessageHandover(Connection connection, SmtpServer server, Steps steps) {
        this.connection = connection;
        this.server = server;
        this.steps = steps;
    }

    List<SmtpReply> end(Sending transaction, Spooled message, DataReader.Result result) {
        return switch (result) {
            case DataReader.Result.Whole(long size) -> receive(transaction, message, size);
            default -> toAll(transaction, refusal(transaction, result));
        };
    }

    /** Why a message is not taken that has not come well. */
    SmtpReply refusal(Sending transaction, DataReader.Result result) {
        return refused(
                transaction,
                switch (result) {
                    case DataReader.Result.Whole whole ->
                        throw new IllegalArgumentException("nothing is wrong with " + whole);
                    case DataReader.Result.TooLarge() ->
                        SmtpFailures.tooLarge(server.limits().maxMessage());
                    case DataReader.Result.BareLineBreak() -> SmtpFailures.bareLineBreak();
                    case DataReader.Result.NotTaken(var cause) -> {
                        LOG.log(Level.WARNING, () -> connection.id() + ": the spool failed: " + cause);
                        yield SmtpFailures.replyFor(cause);
                    }
                });
    }

    private List<SmtpReply> receive(Sending transaction, Spooled message, long size) {
        var refusal = solicitation(message).or(() -> steps.message(transaction, message));
        if (refusal.isPresent()) {
            return toAll(transaction, refused(transaction, refusal.get()));
        }
        var envelope = Envelopes.envelope(server.kind(), transaction, connection);
        if (server.kind() == SmtpKind.LMTP) {
            var receipts = server.reception().receiveEach(server.door(), envelope, message);
            receipts.forEach(receipt -> told(transaction, receipt, size));
            return transaction.recipients().perAnswer(receipts).stream()
                    .map(SmtpFailures::replyFor)
                    .toList();
        }
        if (size > transaction.recipients().room()) { // longer than MAIL said, or it said nothing (RFC 1870 §6.3)
            return List.of(refused(transaction, SmtpFailures.allFull()));
        }
        var receipt = server.reception().receive(server.door(), envelope, message);
        told(transaction, receipt, size);
        return List.of(SmtpFailures.replyFor(receipt));
    }

    private Optional<SmtpReply> solicitation(Spooled message) {
        try {
            return new Solicitations(server.limits().noSoliciting()).refusal(message);
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> connection.id() + ": the spool can't be read: " + e);
            return Optional.of(SmtpFailures.replyFor(e));
        }
    }

    private List<SmtpReply> toAll(Sending transaction, SmtpReply reply) {
        return server.kind() == SmtpKind.LMTP
                ? Collections.nCopies(transaction.recipients().answers(), reply)
                : List.of(reply);
    }

    private void told(Sending transaction, Receipt receipt, long size) {
        if (receipt instanceof Receipt.Accepted(var id)) {
            LOG.log(
                    Level.INFO,
                    () -> connection.id() + ": accepted message " + id + " from " + senderDomain(transaction) + ", "
                            + transaction.recipients().count() + " recipients, "
                            + transaction.recipients().accounts() + " accounts, " + size + " octets");
        } else {
            var unused = refused(transaction, SmtpFailures.replyFor(receipt));
        }
    }

    /** The reply, once it has been noted. */
    SmtpReply refused(Sending transaction, SmtpReply reply) {
        LOG.log(
                Level.INFO,
                () -> connection.id() + ": refused a message from " + senderDomain(transaction) + ": " + reply);
        return reply;
    }

    private static String senderDomain(Sending transaction) {
        return switch (transaction.from()) {
            case ReversePath.Null() -> "<>";
            case ReversePath.Sender(var mailbox) ->
                switch (mailbox.domain()) {
                    case MailDomain.Name(var name) -> name;
                    case MailDomain.Literal literal -> literal.toString();
                };
        };
    }
}
