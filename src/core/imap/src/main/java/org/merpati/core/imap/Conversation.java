package org.merpati.core.imap;

import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.imap.response.Responses;

/**
 * What the handlers of one session have in common once somebody has signed in.
 *
 * @param tag of the command that is run; empty when there is none
 * @param out where untagged responses go; the tagged one is the session's
 * @param enabled what the client has switched on, as of now
 */
record Conversation(
        Surroundings surroundings,
        Connection connection,
        AccountId account,
        String tag,
        Responses out,
        Enabled enabled) {
    /** One store operation; throws {@link org.merpati.core.api.door.NotDone} when it failed. */
    <T> T call(Unit<T> unit) {
        return surroundings.call(unit);
    }
}
