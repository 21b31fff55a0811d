package org.merpati.core.imap;

import java.io.IOException;
import java.util.List;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Appended;
import org.merpati.lib.imap.command.Replace;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;

/** REPLACE and UID REPLACE (RFC 8508): the new message comes and the old one goes in one transaction. */
final class ReplaceHandler {
    private final Conversation conversation;
    private final SelectedMailbox mailbox;
    private final Appending appending;

    ReplaceHandler(Conversation conversation, SelectedMailbox mailbox, Appending appending) {
        this.conversation = conversation;
        this.mailbox = mailbox;
        this.appending = appending;
    }

    static Completion readOnly() {
        return Completion.no(Plain.READ_ONLY, "The mailbox was opened with EXAMINE");
    }

    Completion run(Replace command) throws IOException {
        if (mailbox.readOnly()) {
            return readOnly();
        }
        var chosen = Chosen.of(command.replaced(), mailbox);
        if (chosen.isEmpty()) {
            return Completion.noSuchNumber(mailbox);
        }
        if (chosen.get().ranges().isEmpty()) {
            return Appending.refusal(Attempt.Refusal.NO_SUCH_EMAIL);
        }
        var replaced = new Uid(mailbox.view().uid(chosen.get().from(0)));
        try {
            var target = appending.target(command.mailbox());
            var email = appending.store(List.of(command.message())).getFirst();
            var attempt = conversation.call(services -> services.get(Messages.class)
                    .replace(conversation.account(), mailbox.id(), replaced, target, email));
            return switch (attempt) {
                case Attempt.Refused<Appended>(var why) -> Appending.refusal(why);
                case Attempt.Made<Appended>(var appended) -> {
                    appending.brought(appended);
                    // before EXISTS and EXPUNGE, so that the client knows what comes in the place of what goes (§4.3)
                    conversation
                            .out()
                            .send(Response.Status.untagged(
                                    StatusKind.OK, Appending.uids(appended), "The new message is there"));
                    yield Completion.ok("REPLACE completed");
                }
            };
        } catch (Appending.Refused refused) {
            return refused.completion();
        }
    }
}
