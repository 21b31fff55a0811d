package org.merpati.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.SmtpSyntaxException;
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

    /** From its text without angle brackets; empty for what is none. */
    static Optional<ReversePath> reverse(String text) {
        return read(text, ReversePath::parse);
    }

    /** From its text without angle brackets; empty for what is none. */
    static Optional<ForwardPath> forward(String text) {
        return read(text, ForwardPath::parse);
    }

    private static <P> Optional<P> read(String text, Function<CommandReader, P> parser) {
        var octets = new String(("<" + text + ">").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var in = new CommandReader(octets, Leniency.ALL, Set.of(Extension.SMTPUTF8));
        try {
            in.refuseIllegalCharacters();
            P path = parser.apply(in);
            in.end();
            return Optional.of(path);
        } catch (SmtpSyntaxException e) {
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
