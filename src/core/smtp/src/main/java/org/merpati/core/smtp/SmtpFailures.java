package org.merpati.core.smtp;

import java.io.IOException;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.transport.Receipt;
import org.merpati.lib.smtp.SmtpReply;

/** Words failures of the store and of messages, once for all commands (RFC 5321 §4.2, RFC 3463). */
final class SmtpFailures {
    private static final SmtpReply NO_SPACE =
            SmtpReply.of(452, "4.3.1", "Insufficient system storage, try again later");

    private SmtpFailures() {}

    static SmtpReply replyFor(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted(var id) -> SmtpReply.of(250, "2.6.0", "Message accepted as " + id);
            case Receipt.NoRecipients() -> SmtpReply.of(550, "5.1.1", "None of the recipients is left here");
            case Receipt.OverQuota() -> allFull();
            case Receipt.Loop(int hops) -> SmtpReply.of(554, "5.4.6", "Mail loop: " + hops + " Received fields");
            case Receipt.CameBack() -> SmtpReply.of(554, "5.4.6", "Mail loop: it was delivered here before");
            case Receipt.NoSpace() -> NO_SPACE;
            case Receipt.Deferred(var id) -> notNow(id);
        };
    }

    static SmtpReply tooLarge(long limit) {
        return SmtpReply.of(552, "5.3.4", "Message too large: at most " + limit + " octets"); // RFC 1870 §6.1
    }

    /** RFC 3463 §3.3 */
    static SmtpReply allFull() {
        return SmtpReply.of(452, "4.2.2", "The message is too large for the room that is left, try again later");
    }

    static SmtpReply bareLineBreak() {
        return SmtpReply.of(550, "5.6.0", "Message refused: a CR or LF in it is not part of a CRLF (RFC 5321 2.3.8)");
    }

    /** What the spool did. */
    static SmtpReply replyFor(IOException spool) {
        return spool instanceof NoSpaceException ? NO_SPACE : notNow("");
    }

    /** What the door did. */
    static SmtpReply replyFor(NotDone failure) {
        return failure.kind() == FailureKind.NO_SPACE ? NO_SPACE : notNow(failure.id());
    }

    /** The line that ends a session from our side: 421, without CRLF. */
    static String closing(String hostname, String reason) {
        return String.join(
                "", SmtpReply.of(421, "4.3.2", hostname + " " + reason).wireLines());
    }

    private static SmtpReply notNow(String id) {
        return SmtpReply.of(451, "4.3.0", "Not possible now, try again later" + (id.isEmpty() ? "" : " (" + id + ")"));
    }
}
