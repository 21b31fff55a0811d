package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.jmap.SetException;

/** A type whose objects are copied between accounts (RFC 8620 §5.4). */
public interface CopyType {
    String name();

    /** Inside the door. */
    String state(Services services, AccountId account);

    /**
     * Copies one object; outside the door.
     *
     * @param id in the account that it comes from
     * @param object what shall be other than in the original, and its id
     */
    SetType.Made copy(AccountId from, String id, AccountId to, ObjectNode object, Call call)
            throws SetException, IOException;
}
