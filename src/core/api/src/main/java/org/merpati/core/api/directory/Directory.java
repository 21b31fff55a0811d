package org.merpati.core.api.directory;

import java.util.Optional;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.mail.EmailAddress;

/**
 * The port to where people are kept. A plain object for any thread, inside or outside the container; it goes through the
 * caller's door where it needs one, and hashes passwords outside it.
 */
public interface Directory extends TokenCheck {
    /** Where mail for this address goes. */
    Outcome<Recipient> find(Door door, EmailAddress address);

    /**
     * Whether this is that login's password. Takes as long for an unknown login as for a wrong password. The secret is not
     * kept.
     */
    Outcome<SignIn> signIn(Door door, String login, Secret password);

    /**
     * Whether this user may send in that name: the account's own address, an alias of it, or a subaddress of either where the
     * domain has them. A list is nobody's own.
     */
    Outcome<Boolean> mayUse(Door door, Principal.User user, EmailAddress sender);

    /** What is kept of this login's password for SCRAM; empty for whom there is nothing, or whom there is not. */
    Outcome<Optional<ScramVerifier>> scram(Door door, String login, ScramVerifier.Hash hash);

    /** Whose login it is, once SCRAM has proven it; refused when it is gone meanwhile. Nothing is checked here. */
    Outcome<SignIn> signedIn(Door door, String login);

    /** Forgets what is remembered of a login; called when its password changed or it is gone. */
    void forget(String login);
}
