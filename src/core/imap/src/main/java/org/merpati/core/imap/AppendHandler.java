package org.merpati.core.imap;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.OptionalLong;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Appended;
import org.merpati.lib.imap.command.Append;

/**
 * APPEND (RFC 9051 §6.3.12, RFC 3502): all messages or none, in one transaction. OK is said after its commit, and the octets
 * are on stable storage before it begins.
 */
final class AppendHandler {
    private static final Logger LOG = System.getLogger(AppendHandler.class.getName());

    private final Conversation conversation;
    private final Appending appending;

    AppendHandler(Conversation conversation, Appending appending) {
        this.conversation = conversation;
        this.appending = appending;
    }

    Completion run(Append command) {
        var limit = conversation.surroundings().messageLimit();
        if (limit.exceeded(command.messages().size())) {
            return limit.refusal(OptionalLong.empty()); // all or none (RFC 3502)
        }
        try {
            var emails = appending.store(command.messages());
            var attempt = conversation.call(services -> services.get(Messages.class)
                    .append(conversation.account(), command.mailbox().text(), emails));
            return switch (attempt) {
                case Attempt.Refused<Appended>(var why) -> Appending.refusal(why);
                case Attempt.Made<Appended>(var appended) -> {
                    appending.brought(appended);
                    LOG.log(Level.DEBUG, () -> conversation.connection().id() + " appended " + emails.size());
                    yield Completion.ok(Appending.uids(appended), "APPEND completed");
                }
            };
        } catch (Appending.Refused refused) {
            return refused.completion();
        }
    }
}
