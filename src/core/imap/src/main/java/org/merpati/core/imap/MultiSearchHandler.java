package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.imap.search.Finder;
import org.merpati.core.imap.search.View;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Messages;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.MailboxFilter;
import org.merpati.lib.imap.command.MultiSearch;
import org.merpati.lib.imap.command.SearchKey;
import org.merpati.lib.imap.command.SearchReturn.Option;
import org.merpati.lib.imap.response.ExtendedResult;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/** ESEARCH: one search of several mailboxes, one after the other (RFC 7377). */
final class MultiSearchHandler {
    private final Conversation conversation;
    private final Optional<SelectedMailbox> selected;
    private int unreadable;

    MultiSearchHandler(Conversation conversation, Optional<SelectedMailbox> selected) {
        this.conversation = conversation;
        this.selected = selected;
    }

    Completion run(MultiSearch search) throws IOException {
        boolean selectedAlone = search.sources().equals(List.of(MailboxFilter.Group.SELECTED));
        if (search.sources().contains(MailboxFilter.Group.SELECTED) && selected.isEmpty()) {
            return Completion.bad("No mailbox is selected");
        }
        if (search.result().has(Option.SAVE) && !selectedAlone) {
            return Completion.bad("SAVE is of the selected mailbox alone");
        }
        if (search.result().has(Option.UPDATE)) {
            if (selected.isEmpty()) {
                return Completion.bad("UPDATE is of the selected mailbox, and none is");
            }
            if (selected.get().contexts().has(conversation.tag())) {
                return Completion.bad("The results of a search with that tag are kept up to date");
            }
        }
        boolean saves = search.result().has(Option.SAVE);
        var refused = SearchRefusal.of(search.program(), conversation.enabled());
        if (refused.isPresent()) {
            if (saves) {
                selected.ifPresent(mailbox -> mailbox.save(new long[0]));
            }
            return refused.get();
        }
        var progress = new LongSearch(conversation);
        for (var mailbox : mailboxes(search.sources())) {
            search(search, mailbox, progress);
        }
        return unreadable == 0
                ? Completion.ok("ESEARCH completed")
                : Completion.no(Plain.SERVERBUG, unreadable + " of the messages can't be read");
    }

    /** Mailboxes without a match are not told of. */
    private void search(MultiSearch search, Mailbox mailbox, LongSearch progress) throws IOException {
        var finder = finder(mailbox);
        var found = finder.find(
                search.program().key(), conversation.surroundings().clock().instant(), progress);
        unreadable += found.unreadable();
        var order = found.indexes().stream().toArray();
        var answer = new SearchAnswer(finder, order, true, search.result());
        var source = new ExtendedResult.Source(
                new MailboxName(mailbox.name()), mailbox.uidValidity().value());
        if (order.length > 0 && search.result().wantsResponse()) {
            boolean modSeq = SearchRefusal.any(search.program().key(), key -> key instanceof SearchKey.ModSeq);
            conversation.out().send(answer.response(conversation.tag(), Optional.of(source), modSeq));
            conversation.out().flush();
        }
        if (search.result().has(Option.SAVE)) {
            selected.ifPresent(now -> now.save(answer.saved()));
        }
        if (search.result().has(Option.UPDATE)
                && selected.isPresent()
                && selected.get().id().equals(mailbox.id())) {
            SearchHandler.keep(
                    conversation,
                    selected.get(),
                    Optional.of(source),
                    true,
                    search.program(),
                    search.result(),
                    found.indexes(),
                    Optional.empty());
        }
    }

    /** The selected mailbox as the session knows it, any other as it is now. */
    private Finder finder(Mailbox mailbox) {
        if (selected.isPresent() && selected.get().id().equals(mailbox.id())) {
            return SearchHandler.finder(conversation, selected.get());
        }
        var surroundings = conversation.surroundings();
        var index = conversation
                .call(services ->
                        services.get(Messages.class).index(conversation.account(), mailbox.id(), MailboxIndex.empty()))
                .orElseGet(MailboxIndex::empty);
        return new Finder(
                surroundings.door(), surroundings.blobs(), conversation.account(), mailbox.id(), View.of(index), index);
    }

    /** Each once, in the order of their names. Names that are no mailbox's say nothing. */
    private Collection<Mailbox> mailboxes(List<MailboxFilter> sources) {
        var all = conversation.call(services -> services.get(Mailboxes.class).list(conversation.account()));
        var id = selected.map(SelectedMailbox::id);
        Map<MailboxId, Mailbox> chosen = new LinkedHashMap<>();
        for (var mailbox : all) {
            if (sources.stream().anyMatch(source -> MailboxFilters.means(source, mailbox, id))) {
                chosen.put(mailbox.id(), mailbox);
            }
        }
        return new ArrayList<>(chosen.values());
    }
}
