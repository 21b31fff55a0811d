package org.merpati.core.smtp;

import java.util.Optional;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.path.ForwardPath;
import org.merpati.lib.smtp.path.MailDomain;
import org.merpati.lib.smtp.path.Mailbox;
import org.merpati.lib.smtp.path.ReversePath;

/** Paths of the wire as addresses that accounts are found by, and as text in replies. */
final class Paths {
    private Paths() {}

    /** Empty for what nobody here can have. */
    static Optional<EmailAddress> address(Mailbox mailbox) {
        return mailbox.domain() instanceof MailDomain.Name(var name)
                ? address(mailbox.localPart(), name)
                : Optional.empty();
    }

    static Optional<EmailAddress> address(String localPart, String domain) {
        try {
            return Optional.of(new EmailAddress(localPart, domain));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without angle brackets, as it can stand in a reply. */
    static String shown(ReversePath path) {
        return SmtpReply.printable(path.text());
    }

    /** Without angle brackets, as it can stand in a reply. */
    static String shown(ForwardPath path) {
        return SmtpReply.printable(path.toString());
    }
}
