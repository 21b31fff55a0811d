package org.merpati.core.smtp;

import java.io.IOException;
import java.util.Optional;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.session.Connection;
import org.merpati.core.smtp.SmtpState.Greeted;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.command.MailParameters;
import org.merpati.lib.smtp.path.ReversePath;

/** MAIL: whether this client may send a message of this sender now, and whether it can be taken (RFC 5321 §4.1.1.2). */
final class MailHandler {
    private final SmtpServer server;
    private final Connection connection;

    MailHandler(SmtpServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /** Why nobody may send here now; empty when it depends on the message. */
    Optional<SmtpReply> refusal(Greeted greeted) {
        return server.kind() == SmtpKind.SUBMISSION && greeted.user().isEmpty()
                ? Optional.of(SmtpReply.of(530, "5.7.0", "Authentication required")) // RFC 4954 §6
                : Optional.empty();
    }

    /** Why not this message; empty when the transaction may begin. */
    Optional<SmtpReply> refusal(Greeted greeted, ReversePath from, MailParameters parameters) {
        return greeted.user()
                .flatMap(user -> refusal(user, from))
                .or(() -> refusal(parameters))
                .or(this::full);
    }

    /**
     * What people send is from an address of theirs. Nobody is it also from: that is how mail programs send notifications of
     * what was read.
     */
    private Optional<SmtpReply> refusal(Principal.User user, ReversePath from) {
        return switch (from) {
            case ReversePath.Null() -> Optional.empty();
            case ReversePath.Sender(var mailbox) -> {
                boolean theirs = Paths.address(mailbox)
                        .map(address -> server.directory()
                                .mayUse(server.door(), user, address)
                                .orThrow())
                        .orElse(false);
                yield theirs
                        ? Optional.empty()
                        : Optional.of(SmtpReply.of(
                                550, "5.7.1", "Sender <" + Paths.shown(from) + "> is not an address of yours"));
            }
        };
    }

    private Optional<SmtpReply> refusal(MailParameters parameters) {
        long limit = server.limits().maxMessage();
        if (parameters.size().orElse(0) > limit) {
            return Optional.of(SmtpFailures.tooLarge(limit)); // RFC 1870 §6.1
        }
        if (parameters.requireTls() && !connection.secure()) {
            return Optional.of(SmtpReply.of(530, "5.7.10", "REQUIRETLS needs TLS here, too")); // RFC 8689 §2
        }
        return new Solicitations(server.limits().noSoliciting()).refusal(parameters.solicitation());
    }

    private Optional<SmtpReply> full() {
        try {
            server.spool().create().close(); // says so when the disk takes nothing: better here than after the data
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(SmtpFailures.replyFor(e));
        }
    }
}
