package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.Store;
import org.merpati.lib.imap.response.FetchValue;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/**
 * STORE and UID STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3). Up to {@link Messages#BULK} messages change in one transaction; of
 * more, each thousand for itself.
 */
final class StoreHandler {
    private final Conversation conversation;
    private final SelectedMailbox mailbox;
    private final FlagAnswers answers;
    private final List<Long> modified = new ArrayList<>();
    private boolean someGone;

    StoreHandler(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
        this.answers = new FlagAnswers(conversation, mailbox);
    }

    Completion run(Store command) throws IOException {
        if (mailbox.readOnly()) {
            return Completion.no(Plain.READ_ONLY, "The mailbox was opened with EXAMINE");
        }
        var chosen = Chosen.of(command.messages(), mailbox);
        if (chosen.isEmpty()) {
            return Completion.noSuchNumber(mailbox);
        }
        if (command.unchangedSince().isPresent()) {
            conversation.enabled().add(Set.of(Feature.CONDSTORE));
        }
        var limit = conversation.surroundings().messageLimit();
        if (!limit.exceeded(chosen.get().count())) {
            return run(command, chosen.get());
        }
        var last = chosen.get().last(limit.most());
        return limit.told(run(command, last), mailbox.view().uid(last.from(0)), conversation);
    }

    private Completion run(Store command, Chosen chosen) throws IOException {
        for (var uids : chosen.uids(mailbox.view(), Messages.BULK)) {
            var refused = store(command, uids);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        if (!modified.isEmpty()) {
            var numbers = modified.stream()
                    .mapToLong(uid -> command.byUid() ? uid : mailbox.view().find(uid) + 1L);
            return Completion.ok(
                    new ResponseCode.Modified(NumberRange.of(numbers)), "The rest was changed by somebody else before");
        }
        return someGone && !command.byUid()
                ? Completion.no(Plain.EXPUNGEISSUED, "Some of the messages are there no more")
                : Completion.ok("STORE completed");
    }

    private Optional<Completion> store(Store command, List<Uid> uids) throws IOException {
        var since = command.unchangedSince().isPresent()
                ? Optional.of(new ModSeq(command.unchangedSince().getAsLong()))
                : Optional.<ModSeq>empty();
        var attempt = conversation.call(services ->
                services.get(Messages.class).store(conversation.account(), mailbox.id(), uids, change(command), since));
        switch (attempt) {
            case Attempt.Refused<Messages.Changed>(var why) -> {
                return Optional.of(ImapFailures.completion(why));
            }
            case Attempt.Made<Messages.Changed>(var made) -> {
                made.modified().forEach(uid -> modified.add(uid.value()));
                answer(command, uids, made);
                return Optional.empty();
            }
        }
    }

    /** Those that were as they are wanted already are spoken of too, as the client may not know that. */
    private void answer(Store command, List<Uid> uids, Messages.Changed made) throws IOException {
        var rest = new HashSet<>(uids);
        rest.removeAll(made.modified());
        boolean condstore = conversation.enabled().has(Feature.CONDSTORE);
        announce(made.messages());
        for (var message : made.messages()) {
            mailbox.made(message.modSeq());
            rest.remove(message.uid());
            boolean flags = !command.silent() || isNews(message, command);
            if (flags || condstore) {
                answers.send(message.uid().value(), values(message, command.byUid(), flags, condstore));
            }
        }
        for (var uid : uids) {
            if (rest.contains(uid)) {
                int place = mailbox.latest().find(uid.value());
                someGone |= place < 0;
                if (place >= 0 && !command.silent()) {
                    answers.send(place);
                }
            }
        }
    }

    private void announce(List<Messages.Flags> messages) throws IOException {
        var keywords = new HashSet<Keyword>();
        messages.forEach(message -> keywords.addAll(message.keywords()));
        answers.announce(keywords);
    }

    /** Whether somebody else has changed it too, so that its flags are not what a silent client takes them for. */
    private boolean isNews(Messages.Flags message, Store command) {
        var told = mailbox.told();
        int place = told.find(message.uid().value());
        if (place < 0) {
            return true;
        }
        var change = change(command);
        return !change.keywords().apply(told.keywords(place)).equals(message.keywords())
                || change.deleted().orElse(told.deleted(place)) != message.deleted();
    }

    private List<FetchValue> values(Messages.Flags message, boolean byUid, boolean flags, boolean condstore) {
        var values = new ArrayList<FetchValue>();
        if (byUid || condstore) { // RFC 7162 §3.2.4
            values.add(new FetchValue.UidValue(message.uid().value()));
        }
        if (flags) {
            values.add(answers.flags(message.uid().value(), message.keywords(), message.deleted()));
        }
        if (condstore) {
            values.add(new FetchValue.ModSeqValue(message.modSeq().value()));
        }
        return values;
    }

    private static FlagChange change(Store command) {
        var keywords = ImapFlags.keywords(command.flags());
        boolean deleted = ImapFlags.deleted(command.flags());
        return switch (command.action()) {
            case REPLACE -> new FlagChange(KeywordPatch.replacing(keywords), Optional.of(deleted));
            case ADD -> new FlagChange(KeywordPatch.adding(keywords), deleted ? Optional.of(true) : Optional.empty());
            case REMOVE ->
                new FlagChange(KeywordPatch.removing(keywords), deleted ? Optional.of(false) : Optional.empty());
        };
    }
}
