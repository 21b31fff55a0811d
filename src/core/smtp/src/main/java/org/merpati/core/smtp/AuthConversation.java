package org.merpati.core.smtp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.session.Connection;
import org.merpati.core.store.signin.SignInExchange;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpOutput;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.command.Auth;

/** AUTH (RFC 4954 §4): from the command to before the reply that ends the exchange. */
final class AuthConversation {
    private static final Logger LOG = System.getLogger(AuthConversation.class.getName());

    private static final SmtpReply CANCELLED = SmtpReply.of(501, "5.7.0", "Authentication cancelled");

    /** How an exchange ended. */
    sealed interface Result {
        record SignedIn(Principal.User user) implements Result {}

        record No(SmtpReply reply) implements Result {}
    }

    private final Connection connection;
    private final boolean any;
    private final SignInExchange exchange;
    private final SmtpOutput replies;
    private final SmtpInput in;
    private SmtpReply abandoned = CANCELLED;

    AuthConversation(Connection connection, SmtpServer server, SmtpOutput replies, SmtpInput in) {
        this.connection = connection;
        this.any = server.mechanisms().any();
        this.exchange = new SignInExchange(connection, server.mechanisms().all(), server.directory(), server.door());
        this.replies = replies;
        this.in = in;
    }

    Result run(Auth command) throws IOException {
        if (!any) {
            return new Result.No(reply(SignInExchange.Reason.NOT_OFFERED));
        }
        try {
            return switch (exchange.run(command.mechanism(), command.initial(), this::ask)) {
                case SignInExchange.Result.SignedIn(var user) -> new Result.SignedIn(user);
                case SignInExchange.Result.Failed(var reason) -> new Result.No(reply(reason));
            };
        } catch (NotDone e) {
            LOG.log(Level.WARNING, () -> connection.id() + ": nobody can sign in: " + e.getMessage());
            return new Result.No(SmtpReply.of(454, "4.7.0", "Temporary authentication failure, try again later"));
        }
    }

    private Optional<byte[]> ask(byte[] challenge) throws IOException {
        replies.challenge(SaslText.base64(challenge));
        String line;
        try {
            line = in.line();
        } catch (SmtpSyntaxException e) {
            abandoned = e.fault() == Fault.LINE_TOO_LONG
                    ? SmtpReply.of(500, "5.5.6", "Authentication exchange line is too long")
                    : e.reply();
            return Optional.empty();
        }
        if (line.equals("*")) {
            abandoned = CANCELLED;
            return Optional.empty();
        }
        return Optional.of(SaslText.base64(line));
    }

    private SmtpReply reply(SignInExchange.Reason reason) {
        return switch (reason) {
            case NEEDS_TLS -> SmtpReply.of(538, "5.7.11", "Encryption required for this mechanism");
            case NOT_OFFERED -> SmtpReply.of(504, "5.5.4", "This mechanism is not offered");
            case ABANDONED -> abandoned;
            case NOT_BASE64 -> SmtpReply.of(501, "5.5.2", "That is not base64");
            case MALFORMED -> SmtpReply.of(501, "5.5.2", "That is no message of this mechanism");
            case CREDENTIALS -> SmtpReply.of(535, "5.7.8", "Authentication credentials invalid");
        };
    }
}
