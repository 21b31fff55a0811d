package org.merpati.core.smtp;

import java.io.IOException;
import java.util.Optional;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.command.Mail;

/** MAIL: whether a message can be taken at all (RFC 5321 §4.1.1.2, RFC 1870 §6.1). */
final class MailHandler {
    private final SmtpServer server;

    MailHandler(SmtpServer server) {
        this.server = server;
    }

    /** Why not; empty when the transaction may begin. */
    Optional<SmtpReply> refusal(Mail mail) {
        long limit = server.limits().maxMessage();
        if (mail.parameters().size().orElse(0) > limit) {
            return Optional.of(SmtpFailures.tooLarge(limit));
        }
        try {
            server.spool().create().close(); // says so when the disk takes nothing: better here than after the data
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(SmtpFailures.replyFor(e));
        }
    }
}
