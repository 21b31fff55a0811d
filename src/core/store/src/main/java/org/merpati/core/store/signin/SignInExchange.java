package org.merpati.core.store.signin;

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
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.server.ServerMechanism;
import org.merpati.lib.sasl.server.ServerStep;
import org.merpati.lib.sasl.server.TokenFault;

/** One connection's exchanges of RFC 4422, for a protocol whose success carries no data. */
public final class SignInExchange {
    private static final Logger LOG = System.getLogger(SignInExchange.class.getName());

    /** How an exchange ended. */
    public sealed interface Result {
        record SignedIn(Principal.User user) implements Result {}

        record Failed(Reason reason) implements Result {}
    }

    public enum Reason {
        /** The mechanism is good, on a connection with TLS. */
        NEEDS_TLS,
        NOT_OFFERED,
        /** The dialogue ended it. */
        ABANDONED,
        NOT_BASE64,
        /** No message of the mechanism. */
        MALFORMED,
        /** A wrong secret, nobody of that name, or nobody with mail. */
        CREDENTIALS
    }

    private final Connection connection;
    private final SignInMechanisms mechanisms;
    private final Directory directory;
    private final Door door;

    public SignInExchange(Connection connection, SignInMechanisms mechanisms, Directory directory, Door door) {
        this.connection = connection;
        this.mechanisms = mechanisms;
        this.directory = directory;
        this.door = door;
    }

    /**
     * @param token the mechanism's name in any case
     * @param initial the client's first message, in base64
     * @throws org.merpati.core.api.door.NotDone when the directory can't be asked
     */
    public Result run(String token, Optional<String> initial, SignInDialogue dialogue) throws IOException {
        var known = ServerMechanism.of(token);
        if (known.filter(each -> mechanisms.wantsTls(each, connection)).isPresent()) {
            return new Result.Failed(Reason.NEEDS_TLS);
        }
        var mechanism = known.filter(mechanisms.offered(connection)::contains);
        if (mechanism.isEmpty()) {
            return new Result.Failed(Reason.NOT_OFFERED);
        }
        try {
            var first = mechanisms.start(mechanism.get(), connection, initial.map(SaslText::base64));
            return exchange(mechanism.get(), first, dialogue);
        } catch (SaslSyntaxException e) {
            return new Result.Failed(Reason.NOT_BASE64);
        }
    }

    private Result exchange(ServerMechanism mechanism, ServerStep first, SignInDialogue dialogue) throws IOException {
        var proven = Optional.<Principal>empty();
        var step = first;
        while (true) {
            switch (step) {
                case ServerStep.Challenge challenge -> {
                    var response = dialogue.ask(challenge.octets());
                    if (response.isEmpty()) {
                        return new Result.Failed(Reason.ABANDONED);
                    }
                    step = challenge.respond(response.get());
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
                            .flatMap(somebody -> user(somebody, accepted.identity()))
                            .<Result>map(Result.SignedIn::new)
                            .orElseGet(() -> refused(mechanism, "nobody with mail of that name"));
                }
                case ServerStep.Refused(var reason, var text) -> {
                    return reason == ServerStep.Refused.Reason.MALFORMED
                            ? new Result.Failed(Reason.MALFORMED)
                            : refused(mechanism, text);
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
    private static Optional<Principal.User> user(Principal principal, Identity identity) {
        return principal instanceof Principal.User user
                        && identity.actAs()
                                .map(other -> EmailAddress.parse(other).equals(Optional.of(user.address())))
                                .orElse(true)
                ? Optional.of(user)
                : Optional.empty();
    }

    private Result refused(ServerMechanism mechanism, String why) {
        LOG.log(
                Level.INFO,
                () -> connection.id() + ": login refused, " + mechanism.token() + ", from "
                        + connection.peer().getAddress().getHostAddress() + ": " + why);
        return new Result.Failed(Reason.CREDENTIALS);
    }
}
