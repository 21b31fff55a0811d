package org.merpati.lib.sasl;

import java.util.Optional;

/**
 * Who signed in, and whom they want to act as. Whether they may is the caller's rule; a mechanism only carries it
 * (RFC 4422 §3.4.1).
 *
 * @param login whose secret was proven
 * @param actAs empty where the client left it to the server, or asked for the login itself
 */
public record Identity(String login, Optional<String> actAs) {
    public Identity {
        var own = login;
        actAs = actAs.filter(name -> !name.equals(own));
    }
}
