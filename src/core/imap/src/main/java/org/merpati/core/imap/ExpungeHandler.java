package org.merpati.core.imap;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Expunged;
import org.merpati.lib.imap.command.Expunge;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/**
 * EXPUNGE, UID EXPUNGE and what CLOSE takes with it (RFC 9051 §6.4.3, §6.4.2, RFC 4315 §2.1), a thousand messages in each transaction. The
 * client is told of those gone as of all other news.
 */
final class ExpungeHandler {
    private final Conversation conversation;
    private final SelectedMailbox mailbox;
    private long modSeq;

    ExpungeHandler(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
    }

    Completion run(Expunge command) throws IOException {
        if (mailbox.readOnly()) {
            return Completion.no(Plain.READ_ONLY, "The mailbox was opened with EXAMINE");
        }
        if (command.among().isPresent()) {
            var chosen = Chosen.of(command.among().get(), mailbox).orElseThrow(); // uids are never out of range
            var limit = conversation.surroundings().messageLimit();
            int last = limit.most() == 0 ? -1 : lastWithin(chosen, limit.most());
            if (last >= 0) {
                var some = chosen.since(last);
                return limit.told(expunge(some), mailbox.view().uid(last), conversation);
            }
            return expunge(chosen);
        }
        return all().orElseGet(this::completion);
    }

    /** Of more marked messages than that, the first that is among the last ones; else -1. */
    private int lastWithin(Chosen chosen, int most) {
        var marked = new BitSet();
        for (int place = chosen.from(0); place >= 0; place = chosen.from(place + 1)) {
            int now = mailbox.latest().find(mailbox.view().uid(place));
            if (now >= 0 && mailbox.latest().deleted(now)) {
                marked.set(place);
            }
        }
        int over = marked.cardinality() - most;
        return over <= 0 ? -1 : marked.stream().skip(over).findFirst().orElseThrow();
    }

    private Completion expunge(Chosen chosen) {
        for (var uids : chosen.uids(mailbox.view(), Messages.BULK)) {
            var refused = expunge(Optional.of(uids));
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return completion();
    }

    private Completion completion() {
        return modSeq > 0 && conversation.enabled().has(Feature.CONDSTORE)
                ? Completion.ok(new ResponseCode.HighestModSeq(modSeq), "EXPUNGE completed")
                : Completion.ok("EXPUNGE completed");
    }

    /** Everything that is marked; why not, when not. */
    Optional<Completion> all() {
        return expunge(Optional.empty());
    }

    private Optional<Completion> expunge(Optional<List<Uid>> among) {
        boolean more = true;
        while (more) {
            var attempt = conversation.call(
                    services -> services.get(Messages.class).expunge(conversation.account(), mailbox.id(), among));
            switch (attempt) {
                case Attempt.Refused<Expunged>(var why) -> {
                    return Optional.of(ImapFailures.completion(why));
                }
                case Attempt.Made<Expunged>(var made) -> {
                    more = made.more();
                    if (!made.uids().isEmpty()) {
                        modSeq = made.modSeq().value();
                    }
                }
            }
        }
        return Optional.empty();
    }
}
