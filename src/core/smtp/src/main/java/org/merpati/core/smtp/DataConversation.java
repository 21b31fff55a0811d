package org.merpati.core.smtp;

import java.io.IOException;
import java.util.List;
import org.merpati.core.api.spool.Spooled;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.lib.smtp.DataReader;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpOutput;
import org.merpati.lib.smtp.SmtpReply;

/**
 * DATA (RFC 5321 §4.1.1.4): 354, the message into the spool, reception, the reply. Nothing but the spool entry is held while
 * the message comes in.
 */
final class DataConversation {
    private static final SmtpReply GO_AHEAD = SmtpReply.plain(354, "Send the message, end it with CRLF.CRLF");

    private final SmtpServer server;
    private final SmtpOutput replies;
    private final SessionInput source;
    private final SmtpInput in;
    private final MessageHandover handover;

    DataConversation(
            SmtpServer server, SmtpOutput replies, SessionInput source, SmtpInput in, MessageHandover handover) {
        this.server = server;
        this.replies = replies;
        this.source = source;
        this.in = in;
        this.handover = handover;
    }

    /** Runs from 354 to before the last replies, which it returns. The transaction is over then, however it went. */
    List<SmtpReply> run(Sending transaction) throws IOException {
        Spooled message;
        try {
            message = server.spool().create();
        } catch (IOException e) {
            return List.of(handover.refused(transaction, SmtpFailures.replyFor(e)));
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
            return handover.end(transaction, message, result);
        }
    }
}
