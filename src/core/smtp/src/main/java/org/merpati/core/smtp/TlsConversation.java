package org.merpati.core.smtp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpOutput;
import org.merpati.lib.smtp.SmtpReply;

/**
 * STARTTLS (RFC 3207 §4).
 *
 * <p>Decision: whoever sends anything behind the command before its reply is not served any further. RFC 3207 has the command
 * end its group, so an honest client never does; somebody on the way does, to have commands of their own taken for ones that
 * came by TLS. To discard them would do as well, and to close leaves nobody in doubt.
 */
final class TlsConversation {
    private static final Logger LOG = System.getLogger(TlsConversation.class.getName());

    /** What ends a session although nothing may be said any more: the handshake has failed. */
    static final class HandshakeFailed extends IOException {
        HandshakeFailed(Exception cause) {
            super("the TLS handshake failed: " + cause, cause);
        }
    }

    private final Connection connection;
    private final SmtpOutput replies;
    private final SmtpInput in;

    TlsConversation(Connection connection, SmtpOutput replies, SmtpInput in) {
        this.connection = connection;
        this.replies = replies;
        this.in = in;
    }

    /** The reply when it can't be; empty when TLS is on, and the session begins again. */
    Optional<SmtpReply> run() throws IOException {
        if (connection.secure()) {
            return Optional.of(SmtpReply.of(503, "5.5.1", "TLS is on already"));
        }
        if (!connection.canSecure()) {
            return Optional.of(SmtpReply.of(454, "4.7.0", "TLS is not available"));
        }
        if (in.buffered()) {
            LOG.log(Level.WARNING, () -> connection.id() + ": input behind STARTTLS");
            throw new SessionEnd("4.7.0", "nothing may follow STARTTLS before its reply");
        }
        replies.write(SmtpReply.of(220, "2.0.0", "Ready to start TLS"));
        replies.flush();
        try {
            connection.startTls();
        } catch (IOException | RuntimeException e) {
            throw new HandshakeFailed(e);
        }
        return Optional.empty();
    }
}
