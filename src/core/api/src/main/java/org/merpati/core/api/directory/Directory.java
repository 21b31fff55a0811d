package org.merpati.core.api.directory;

import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.mail.EmailAddress;

/**
 * The port to where people are kept. A plain object for any thread, inside or outside the container; it goes through the
 * caller's door where it needs one, and hashes passwords outside it.
 */
public interface Directory {
    /** Where mail for this address goes. */
    Outcome<Recipient> find(Door door, EmailAddress address);

    /**
     * Whether this is that login's password. Takes as long for an unknown login as for a wrong password. The secret is not
     * kept.
     */
    Outcome<SignIn> signIn(Door door, String login, Secret password);

    /** Forgets what is remembered of a login; called when its password changed or it is gone. */
    void forget(String login);
}
