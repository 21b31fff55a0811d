package org.merpati.lib.sasl.client;

import java.util.Optional;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.Token;

/** What a client signs in with. */
public sealed interface Credentials {
    /** Whose secret it is. */
    String login();

    /** @param actAs whom to act as, where that is somebody else (RFC 4422 §3.4.1) */
    record WithPassword(String login, Password password, Optional<String> actAs) implements Credentials {
        public WithPassword {
            if (login.isEmpty() || login.indexOf('\0') >= 0 || password.use(octets -> octets.length) == 0) {
                throw new IllegalArgumentException("credentials have a login and a password");
            }
        }
    }

    record WithToken(String login, Token token) implements Credentials {
        public WithToken {
            if (login.isEmpty() || login.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException("not a login");
            }
        }
    }
}
