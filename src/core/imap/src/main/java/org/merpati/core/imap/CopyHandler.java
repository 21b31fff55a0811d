package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.mail.UidValidity;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Copied;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.Copy;
import org.merpati.lib.imap.command.Move;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;

/**
 * COPY and MOVE (RFC 9051 §6.4.7, §6.4.8). Up to {@link Messages#BULK} messages go in one transaction. Of a larger COPY that fails midway
 * what was copied is taken away again; of a larger MOVE what went before has moved, and the client is told so.
 */
final class CopyHandler {
    private final Conversation conversation;
    private final SelectedMailbox mailbox;
    private final List<Uid> from = new ArrayList<>();
    private final List<Uid> to = new ArrayList<>();
    private UidValidity uidValidity = new UidValidity(0);

    CopyHandler(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
    }

    Completion run(Copy command) throws IOException {
        return run(command.messages(), find(command.target()), false);
    }

    Completion run(Move command) throws IOException {
        if (mailbox.readOnly()) {
            return Completion.no(Plain.READ_ONLY, "The mailbox was opened with EXAMINE");
        }
        return run(command.messages(), find(command.target()), true);
    }

    private Completion run(MessageSet messages, Optional<MailboxId> target, boolean moves) throws IOException {
        if (target.isEmpty()) {
            return Completion.no(Plain.TRYCREATE, "There is no such mailbox to put them into");
        }
        var chosen = Chosen.of(messages, mailbox);
        if (chosen.isEmpty()) {
            return Completion.noSuchNumber(mailbox);
        }
        var limit = conversation.surroundings().messageLimit();
        if (!limit.exceeded(chosen.get().count())) {
            return run(messages, chosen.get(), target.get(), moves);
        }
        var last = chosen.get().last(limit.most());
        long lowest = mailbox.view().uid(last.from(0));
        return moves // COPY is all or none
                ? limit.told(run(messages, last, target.get(), true), lowest, conversation)
                : limit.refusal(OptionalLong.of(lowest));
    }

    private Completion run(MessageSet messages, Chosen chosen, MailboxId target, boolean moves) throws IOException {
        for (var uids : chosen.uids(mailbox.view(), Messages.BULK)) {
            var attempt = conversation.call(services -> moves
                    ? services.get(Messages.class).move(conversation.account(), mailbox.id(), uids, target)
                    : services.get(Messages.class).copy(conversation.account(), mailbox.id(), uids, target));
            switch (attempt) {
                case Attempt.Made<Copied>(var copied) -> {
                    add(copied);
                    if (target.equals(mailbox.id())) {
                        mailbox.brought(copied.to());
                    }
                }
                case Attempt.Refused<Copied>(var why) -> {
                    if (moves) {
                        tellMoved();
                    } else {
                        takeBack(target);
                    }
                    return ImapFailures.completion(why);
                }
            }
        }
        boolean someGone = someGone(messages, chosen);
        return moves ? moved(someGone) : copied(someGone, target);
    }

    private Completion copied(boolean someGone, MailboxId target) {
        if (someGone) {
            takeBack(target); // all or none (RFC 2180 §4.4.1)
            return Completion.no(Plain.EXPUNGEISSUED, "Some of the messages are there no more");
        }
        return from.isEmpty() ? Completion.ok("Nothing to copy") : Completion.ok(copyUid(), "COPY completed");
    }

    private Completion moved(boolean someGone) throws IOException {
        tellMoved();
        if (!someGone) {
            return Completion.ok("MOVE completed");
        }
        return Completion.no(
                Plain.EXPUNGEISSUED,
                from.isEmpty()
                        ? "The messages are there no more"
                        : "Some of the messages are there no more; the others have moved");
    }

    /** Where messages went is said before they are said to be gone (RFC 6851 §4.3). */
    private void tellMoved() throws IOException {
        if (!from.isEmpty()) {
            conversation.out().send(Response.Status.untagged(StatusKind.OK, copyUid(), "Moved"));
        }
    }

    private Optional<MailboxId> find(MailboxName name) {
        return conversation
                .call(services -> services.get(Mailboxes.class).find(conversation.account(), name.text()))
                .map(Mailbox::id);
    }

    private void add(Copied copied) {
        uidValidity = copied.uidValidity();
        from.addAll(copied.from());
        to.addAll(copied.to());
    }

    private ResponseCode copyUid() {
        return new ResponseCode.CopyUid(uidValidity.value(), ranges(from), ranges(to));
    }

    private static List<NumberRange> ranges(List<Uid> uids) {
        return NumberRange.of(uids.stream().mapToLong(Uid::value));
    }

    /** Uids that are gone are passed over (RFC 9051 §6.4.9); numbers stand for messages that the client believes are there. */
    private boolean someGone(MessageSet messages, Chosen chosen) {
        return messages instanceof MessageSet.SequenceSet && from.size() < chosen.count();
    }

    private void takeBack(MailboxId target) {
        for (int start = 0; start < to.size(); start += Messages.BULK) {
            var part = to.subList(start, Math.min(to.size(), start + Messages.BULK));
            conversation.call(services -> {
                var messages = services.get(Messages.class);
                var marked = new FlagChange(KeywordPatch.NONE, Optional.of(true));
                messages.store(conversation.account(), target, part, marked, Optional.empty());
                return messages.expunge(conversation.account(), target, Optional.of(part));
            });
        }
    }
}
