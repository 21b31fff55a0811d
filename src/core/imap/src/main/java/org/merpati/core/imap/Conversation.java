package org.merpati.core.imap;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.session.Connection;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Recent;
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
    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    /** One store operation; throws {@link org.merpati.core.api.door.NotDone} when it failed. */
    <T> T call(Unit<T> unit) {
        return surroundings.call(unit);
    }

    /**
     * Takes for this session what no other has been told of as recent, and more than is asked for where the database is asked.
     * Empty when the mailbox is gone. Where nothing can be written, new mail is read all the same, and recent.
     *
     * @param end the uid behind the last message that is there
     */
    Optional<Recent> takeRecent(MailboxId mailbox, long end) {
        var claims = surroundings.recent();
        var known = claims.take(mailbox, end);
        if (known.isPresent()) {
            return known;
        }
        try {
            return call(services -> services.get(Mailboxes.class).claimRecent(account, mailbox))
                    .map(taken -> claims.written(mailbox, taken));
        } catch (NotDone e) {
            if (e.kind() != FailureKind.NO_SPACE) {
                throw e;
            }
            return firstInDatabase(mailbox).map(first -> claims.take(mailbox, first, end));
        }
    }

    /** From where on messages are that no session has been told of as recent; takes none. Empty when the mailbox is gone. */
    Optional<Uid> firstRecent(MailboxId mailbox) {
        return firstInDatabase(mailbox).map(first -> surroundings.recent().first(mailbox, first));
    }

    private Optional<Uid> firstInDatabase(MailboxId mailbox) {
        return call(services -> services.get(Mailboxes.class).firstRecent(account, mailbox));
    }

    /** The session leaves the mailbox: what the last one there was told of is written down, or else recent once more. */
    void leaveRecent(MailboxId mailbox) {
        var claims = surroundings.recent();
        var end = claims.leave(mailbox);
        if (end.isEmpty()) {
            return;
        }
        try {
            call(services -> {
                services.get(Mailboxes.class).claimedRecent(account, mailbox, new Uid(end.getAsLong()));
                return mailbox;
            });
        } catch (NotDone e) {
            LOG.log(Level.DEBUG, () -> connection.id() + " what is recent can't be written: " + e.getMessage());
        } finally {
            claims.wrote(mailbox);
        }
    }
}
