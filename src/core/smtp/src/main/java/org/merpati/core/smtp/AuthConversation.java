package org.merpati.core.smtp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.ScramVerifier;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.server.ServerMechanism;
import org.merpati.lib.sasl.server.ServerStep;
import org.merpati.lib.sasl.server.TokenFault;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpOutput;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.command.Auth;

/** AUTH (RFC 4954 §4): from the command to before the reply that ends the exchange. */
final class AuthConversation {
    private static final Logger LOG = System.getLogger(AuthConversation.class.getName());

    private static final SmtpReply FAILED = SmtpReply.of(535, "5.7.8", "Authentication credentials invalid");

    /** How an exchange ended. */
    sealed interface Result {
        record SignedIn(Principal.User user) implements Result {}

        record No(SmtpReply reply) implements Result {}
    }

    private final Connection connection;
    private final Mechanisms mechanisms;
    private final Directory directory;
    private final Door door;
    private final SmtpOutput replies;
    private final SmtpInput in;

    AuthConversation(Connection connection, SmtpServer server, SmtpOutput replies, SmtpInput in) {
        this.connection = connection;
        this.mechanisms = server.mechanisms();
        this.directory = server.directory();
        this.door = server.door();
        this.replies = replies;
        this.in = in;
    }

    Result run(Auth command) throws IOException {
        var known = ServerMechanism.of(command.mechanism());
        if (known.filter(each -> mechanisms.wantsTls(each, connection)).isPresent()) {
            return no(538, "5.7.11", "Encryption required for this mechanism");
        }
        var mechanism = known.filter(mechanisms.offered(connection)::contains);
        if (mechanism.isEmpty()) {
            return no(504, "5.5.4", "This mechanism is not offered");
        }
        try {
            var initial = command.initial().map(SaslText::base64);
            return exchange(mechanism.get(), mechanisms.start(mechanism.get(), connection, initial));
        } catch (SaslSyntaxException e) {
            return no(501, "5.5.2", "That is not base64");
        } catch (NotDone e) {
            LOG.log(Level.WARNING, () -> connection.id() + ": nobody can sign in: " + e.getMessage());
            return no(454, "4.7.0", "Temporary authentication failure, try again later");
        }
    }

    private Result exchange(ServerMechanism mechanism, ServerStep first) throws IOException {
        var proven = Optional.<Principal>empty();
        var step = first;
        while (true) {
            switch (step) {
                case ServerStep.Challenge challenge -> {
                    replies.challenge(SaslText.base64(challenge.octets()));
                    String line;
                    try {
                        line = in.line();
                    } catch (SmtpSyntaxException e) {
                        return e.fault() == Fault.LINE_TOO_LONG
                                ? no(500, "5.5.6", "Authentication exchange line is too long")
                                : new Result.No(e.reply());
                    }
                    if (line.equals("*")) {
                        return no(501, "5.7.0", "Authentication cancelled");
                    }
                    step = challenge.respond(SaslText.base64(line));
                }
                case ServerStep.CheckPassword check -> {
                    proven = principal(check);
                    step = proven.isPresent() ? check.accepted() : check.refused();
                }
                case ServerStep.FindScramCredential find ->
                    step = credential(find).map(find::found).orElseGet(find::unknown);
                case ServerStep.CheckToken check -> {
                    proven = principal(check);
                    step = proven.map(somebody -> check.accepted(somebody.name()))
                            .orElseGet(() -> check.refused(TokenFault.INVALID_TOKEN));
                }
                case ServerStep.Accepted accepted
                when accepted.data().isPresent() -> step = accepted.withDataAsChallenge();
                case ServerStep.Accepted accepted -> {
                    var principal = proven.isPresent() ? proven : byScram(accepted.identity());
                    return principal
                            .flatMap(somebody -> submitter(somebody, accepted.identity()))
                            .<Result>map(Result.SignedIn::new)
                            .orElseGet(() -> failed(mechanism, "nobody who may send"));
                }
                case ServerStep.Refused(var reason, var text) -> {
                    return reason == ServerStep.Refused.Reason.MALFORMED
                            ? no(501, "5.5.2", "That is no message of this mechanism")
                            : failed(mechanism, text);
                }
            }
        }
    }

    private Optional<Principal> principal(ServerStep.CheckPassword check) {
        try (var password = check.password();
                var secret = password.use(Secret::of)) {
            return principal(
                    directory.signIn(door, check.identity().login(), secret).orThrow());
        }
    }

    private Optional<Principal> principal(ServerStep.CheckToken check) {
        try (var secret = Secret.of(check.token().value())) {
            var login = check.request().user().orElse("");
            return principal(directory.signInWithToken(door, login, secret).orThrow());
        }
    }

    private Optional<ScramCredential> credential(ServerStep.FindScramCredential find) {
        var hash = switch (find.hash()) {
            case SHA_1 -> ScramVerifier.Hash.SHA_1;
            case SHA_256 -> ScramVerifier.Hash.SHA_256;
        };
        return directory
                .scram(door, find.identity().login(), hash)
                .orThrow()
                .map(ScramVerifier::text)
                .map(ScramCredential::parse);
    }

    private Optional<Principal> byScram(Identity identity) {
        return principal(directory.signedIn(door, identity.login()).orThrow());
    }

    private static Optional<Principal> principal(SignIn answer) {
        return switch (answer) {
            case SignIn.Accepted(var principal) -> Optional.of(principal);
            case SignIn.Refused() -> Optional.empty();
        };
    }

    /** Nobody acts as another here, and an administrator has no mail. */
    private static Optional<Principal.User> submitter(Principal principal, Identity identity) {
        return principal instanceof Principal.User user
                        && identity.actAs()
                                .map(other -> EmailAddress.parse(other).equals(Optional.of(user.address())))
                                .orElse(true)
                ? Optional.of(user)
                : Optional.empty();
    }

    private Result failed(ServerMechanism mechanism, String why) {
        LOG.log(
                Level.INFO,
                () -> connection.id() + ": login refused, " + mechanism.token() + ", from "
                        + connection.peer().getAddress().getHostAddress() + ": " + why);
        return new Result.No(FAILED);
    }

    private static Result no(int code, String enhanced, String text) {
        return new Result.No(SmtpReply.of(code, enhanced, text));
    }
}
