package org.merpati.core.imap;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.imap.command.Login;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/** LOGIN (RFC 9051 §6.2.3): over TLS, or from loopback where the settings allow it; and what follows any sign-in. */
final class LoginHandler {
    static final int MOST_FAILURES = 5;

    private static final Logger LOG = System.getLogger(LoginHandler.class.getName());
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(8);

    private final Surroundings surroundings;
    private final Connection connection;

    LoginHandler(Surroundings surroundings, Connection connection) {
        this.surroundings = surroundings;
        this.connection = connection;
    }

    /** What the session is after the try, and what to say. */
    record Result(SessionState state, Completion completion) {}

    /** Whether a password may be said here at all. */
    boolean allowed() {
        return surroundings.mechanisms().confidential(connection);
    }

    Result run(Login login, SessionState.BeforeLogin state) {
        try (var password = login.password()) {
            if (!allowed()) {
                return new Result(state, Completion.no(Plain.PRIVACYREQUIRED, "LOGIN needs TLS here"));
            }
            return password.use(octets -> {
                try (var secret = Secret.of(octets)) {
                    return check(login.user(), secret, state);
                }
            });
        }
    }

    private Result check(String user, Secret secret, SessionState.BeforeLogin state) {
        var answer = surroundings
                .directory()
                .signIn(surroundings.door(), user, secret)
                .orThrow();
        return switch (answer) {
            case SignIn.Accepted(Principal.User somebody) -> accepted(somebody);
            case SignIn.Accepted(Principal.Administrator(var name)) -> {
                LOG.log(Level.INFO, () -> connection.id() + " an administrator has no mail: " + name);
                yield new Result(state, Completion.no("An administrator has no mail here; sign in as a user"));
            }
            case SignIn.Refused() -> refused(state);
        };
    }

    Result accepted(Principal.User user) {
        LOG.log(Level.INFO, () -> connection.id() + " signed in: " + user.address());
        return new Result(
                new SessionState.NothingSelected(user.account()),
                Completion.ok(
                        new ResponseCode.Capability(Capabilities.afterLogin(surroundings)),
                        "Signed in as " + user.address()));
    }

    /** Answers after a while, longer each time. */
    Result refused(SessionState.BeforeLogin state) {
        int failures = state.failures() + 1;
        LOG.log(Level.INFO, () -> connection.id() + " login refused, failures=" + failures);
        delay(failures);
        return new Result(
                new SessionState.BeforeLogin(failures),
                Completion.no(Plain.AUTHENTICATIONFAILED, "Unknown user or wrong password"));
    }

    /** 1, 2, 4, 8 seconds. */
    private void delay(int failures) {
        if (!surroundings.config().get(Settings.LIMITS_ENABLED)) {
            return;
        }
        var delay = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
        try {
            surroundings.pause().pause(delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
