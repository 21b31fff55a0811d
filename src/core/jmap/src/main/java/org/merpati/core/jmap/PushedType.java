package org.merpati.core.jmap;

import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;

/** A type whose changes clients are told of (RFC 8620 §7.1). */
public interface PushedType {
    /** As it stands in a TypeState: {@code Email}. */
    String name();

    /** Changes of the account that may be this type's. */
    Set<Change.Kind> kinds();

    /** The state that {@code /get} would give now; inside the door. */
    String state(Services services, AccountId account);

    /** Whether there is news between two states, the older one being what a client may say; inside the door. */
    default boolean news(Services services, AccountId account, String known, String now) {
        return !known.equals(now);
    }
}
