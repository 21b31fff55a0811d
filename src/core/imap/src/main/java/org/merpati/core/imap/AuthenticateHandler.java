package org.merpati.core.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.merpati.core.api.session.Connection;
import org.merpati.core.store.signin.SignInDialogue;
import org.merpati.core.store.signin.SignInExchange;
import org.merpati.lib.imap.command.Authenticate;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/** AUTHENTICATE (RFC 9051 §6.2.2, RFC 4959): the exchange that all protocols have in common, in IMAP's words. */
final class AuthenticateHandler {
    private final LoginHandler login;
    private final SignInExchange exchange;
    private final SignInDialogue dialogue;

    AuthenticateHandler(Surroundings surroundings, Connection connection, LoginHandler login, SignInDialogue dialogue) {
        this.login = login;
        this.exchange = new SignInExchange(
                connection, surroundings.mechanisms(), surroundings.directory(), surroundings.door());
        this.dialogue = dialogue;
    }

    LoginHandler.Result run(Authenticate command, SessionState.BeforeLogin state) throws IOException {
        Optional<String> initial = command.initial().map(response -> {
            try (response) {
                return response.use(octets -> new String(octets, StandardCharsets.ISO_8859_1));
            }
        });
        return switch (exchange.run(command.mechanism(), initial, dialogue)) {
            case SignInExchange.Result.SignedIn(var user) -> login.accepted(user);
            case SignInExchange.Result.Failed(var reason) ->
                reason == SignInExchange.Reason.CREDENTIALS
                        ? login.refused(state)
                        : new LoginHandler.Result(state, completion(reason));
        };
    }

    private static Completion completion(SignInExchange.Reason reason) {
        return switch (reason) {
            case NEEDS_TLS -> Completion.no(Plain.PRIVACYREQUIRED, "That mechanism needs TLS here");
            case NOT_OFFERED -> Completion.no(Plain.CANNOT, "That mechanism is not offered");
            case ABANDONED -> Completion.bad("AUTHENTICATE cancelled");
            case NOT_BASE64 -> Completion.bad("That is not base64");
            case MALFORMED -> Completion.bad("That is no message of this mechanism");
            case CREDENTIALS -> Completion.no(Plain.AUTHENTICATIONFAILED, "Unknown user or wrong password");
        };
    }
}
