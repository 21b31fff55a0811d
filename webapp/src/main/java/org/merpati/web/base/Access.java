package org.merpati.web.base;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;

/**
 * Who is asking, and whether they may. Each method ends the request with a problem where they may not. Access tokens are taken, and
 * asked for, where the directory has an issuer of them; what it says of one is not kept, as a token may expire.
 */
@ApplicationScoped
public class Access {
    private static final Logger LOG = System.getLogger(Access.class.getName());
    private static final String BASIC = "Basic realm=\"Merpati\", charset=\"UTF-8\""; // RFC 7617 §2.1
    private static final String BEARER = "Bearer realm=\"Merpati\""; // RFC 6750 §3
    private static final String INVALID_TOKEN = ", error=\"invalid_token\""; // RFC 6750 §3.1

    private final Server server;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable FailedSignIns failures;

    @Inject
    public Access(Server server) {
        this.server = server;
    }

    /** For the client proxy, whose own fields nobody reads. */
    @SuppressWarnings("NullAway") // a proxy guards nothing: it hands every call to the bean
    protected Access() {
        this(null);
    }

    /** Somebody with a name and a password, or with an access token. */
    public Principal signedIn(HttpServletRequest request) {
        return signedIn(request, credentials(request));
    }

    private Principal signedIn(HttpServletRequest request, Credentials credentials) {
        return switch (credentials) {
            case Credentials.Basic basic -> signIn(request, basic);
            case Credentials.Bearer bearer -> signIn(request, bearer);
            case Credentials.None none -> throw unauthorized(request, "Sign in with a name and a password.");
            case Credentials.Unreadable unreadable -> throw unauthorized(request, "The credentials can't be read.");
        };
    }

    /** An administrator, or whoever holds the operator's token. */
    public void administrator(HttpServletRequest request) {
        var credentials = credentials(request);
        if (credentials instanceof Credentials.Bearer bearer && isOperators(request, bearer.token())) {
            bearer.token().close();
            return;
        }
        if (!(signedIn(request, credentials) instanceof Principal.Administrator)) {
            throw Problem.of(403, "Only administrators may do this.");
        }
    }

    private Principal signIn(HttpServletRequest request, Credentials.Basic basic) {
        refuseInTheClear(request);
        var address = request.getRemoteAddr();
        refuseToGuess(() -> failures().wait(address, basic.login()));
        try (var password = basic.password()) {
            var answer = server.platform()
                    .directory()
                    .signIn(server.door(), basic.login(), password)
                    .orThrow();
            if (answer instanceof SignIn.Accepted accepted) {
                failures().succeeded(address, basic.login());
                return accepted.principal();
            }
        }
        failures().failed(address, basic.login());
        LOG.log(Level.DEBUG, () -> "sign-in over HTTP refused: peer=" + address);
        throw unauthorized(request, "The name or the password is wrong.");
    }

    /** A token names nobody, so that wrong ones count against the address alone; one that has expired is nothing unusual. */
    private Principal signIn(HttpServletRequest request, Credentials.Bearer bearer) {
        var directory = server.platform().directory();
        if (!directory.takesTokens()) {
            throw unauthorized(request, "This token is not taken here.");
        }
        refuseInTheClear(request);
        var address = request.getRemoteAddr();
        refuseToGuess(() -> failures().wait(address));
        try (var token = bearer.token()) {
            var answer = directory.signInWithToken(server.door(), "", token).orThrow();
            if (answer instanceof SignIn.Accepted accepted) {
                return accepted.principal();
            }
        }
        failures().failed(address);
        LOG.log(Level.DEBUG, () -> "token over HTTP refused: peer=" + address);
        throw unauthorized(request, "The token is wrong, or has expired.", INVALID_TOKEN);
    }

    private void refuseToGuess(Supplier<Optional<Duration>> known) {
        boolean limited = server.config().get(Settings.LIMITS_ENABLED);
        var wait = limited ? known.get() : Optional.<Duration>empty();
        if (wait.isPresent()) {
            throw new ProblemException(
                    new Problem(429, "Too many sign-ins that failed; try again later."),
                    Map.of(HttpHeaders.RETRY_AFTER, Long.toString(wait.get().toSeconds() + 1)));
        }
    }

    /** The token's holder stands on this machine; from elsewhere it is taken over TLS only. */
    private boolean isOperators(HttpServletRequest request, Secret given) {
        if (!request.isSecure() && !Peer.isLoopback(request)) {
            throw useHttps();
        }
        var expected = server.operatorToken();
        return expected.isPresent()
                && given.use(bytes ->
                        MessageDigest.isEqual(bytes, expected.get().value().getBytes(StandardCharsets.UTF_8)));
    }

    private static Credentials credentials(HttpServletRequest request) {
        return Credentials.parse(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    /** No challenge goes out in the clear either: it would only bring the password after it. */
    private ProblemException unauthorized(HttpServletRequest request, String detail) {
        return unauthorized(request, detail, "");
    }

    /** @param error of the token that was given; nothing is said of one where none was */
    private ProblemException unauthorized(HttpServletRequest request, String detail, String error) {
        refuseInTheClear(request);
        var challenges = server.platform().directory().takesTokens() ? BASIC + ", " + BEARER + error : BASIC;
        return new ProblemException(new Problem(401, detail), Map.of(HttpHeaders.WWW_AUTHENTICATE, challenges));
    }

    private void refuseInTheClear(HttpServletRequest request) {
        boolean allowed = request.isSecure()
                || (Peer.isLoopback(request) && server.config().get(Settings.AUTH_ALLOW_PLAINTEXT));
        if (!allowed) {
            throw useHttps();
        }
    }

    private static ProblemException useHttps() {
        return Problem.of(
                403, "Passwords are taken over HTTPS only (auth.allow-plaintext=true lets loopback do without).");
    }

    private FailedSignIns failures() {
        var made = failures;
        if (made != null) {
            return made;
        }
        lock.lock();
        try {
            made = failures;
            if (made == null) {
                made = new FailedSignIns(server.platform().clock());
                failures = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }
}
