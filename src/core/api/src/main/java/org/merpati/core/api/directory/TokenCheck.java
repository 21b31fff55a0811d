package org.merpati.core.api.directory;

import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;

/** Whether somebody's access token (RFC 6750) is good, and whose it is. */
public interface TokenCheck {
    /** Whether there is an issuer at all: where there is none, no mechanism that wants a token is offered. */
    boolean takesTokens();

    /**
     * The principal is the one that the token was issued for. The token is not kept.
     *
     * @param login whom the client says it belongs to, refused if it is another's; empty: the client does not say
     */
    Outcome<SignIn> signInWithToken(Door door, String login, Secret token);
}
