package org.merpati.core.imap;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Messages;
import org.merpati.lib.imap.command.Search;
import org.merpati.lib.imap.command.SearchCommand;
import org.merpati.lib.imap.command.SearchKey;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.SearchResult;

/** SEARCH and UID SEARCH (RFC 3501 §6.4.4): each key is a set of the session's messages. */
final class SearchHandler {
    private final Conversation conversation;
    private final SelectedMailbox mailbox;
    private final UidList uids;

    SearchHandler(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
        this.uids = mailbox.uids();
    }

    Completion run(SearchCommand command) throws IOException {
        return switch (command) {
            case Search search -> search(search);
        };
    }

    private Completion search(Search search) throws IOException {
        if (!search.readable()) {
            return Completion.no(
                    new ResponseCode.BadCharset(List.of("US-ASCII", "UTF-8")), "SEARCH does not read that charset");
        }
        var missing = notBuilt(search.key());
        if (missing.isPresent()) {
            return Completion.no("SEARCH by " + missing.get() + " is not built yet");
        }
        var found = find(search.key()).stream();
        var numbers = search.uids() ? found.mapToLong(uids::get) : found.mapToLong(index -> index + 1L);
        conversation.out().send(new SearchResult(numbers.toArray()));
        return Completion.ok("SEARCH completed");
    }

    private static Optional<String> notBuilt(SearchKey key) {
        return switch (key) {
            case SearchKey.NotBuilt(var name) -> Optional.of(name);
            case SearchKey.And(var keys) ->
                keys.stream().flatMap(inner -> notBuilt(inner).stream()).findFirst();
            case SearchKey.All all -> Optional.empty();
            case SearchKey.Subject subject -> Optional.empty();
        };
    }

    /** Indexes, from 0. */
    private BitSet find(SearchKey key) {
        return switch (key) {
            case SearchKey.Subject(var text) -> withSubject(text);
            case SearchKey.And(var keys) -> {
                var common = all();
                keys.forEach(inner -> common.and(find(inner)));
                yield common;
            }
            case SearchKey.All all -> all();
            case SearchKey.NotBuilt notBuilt -> throw new IllegalArgumentException("refused before");
        };
    }

    private BitSet all() {
        var all = new BitSet(uids.size());
        all.set(0, uids.size());
        return all;
    }

    private BitSet withSubject(String text) {
        var found = new BitSet(uids.size());
        for (var page = subjectPage(text, new Uid(0)); !page.isEmpty(); page = subjectPage(text, page.getLast())) {
            for (var uid : page) {
                int index = uids.indexOf(uid.value()); // what the client has not been told of is not found yet
                if (index >= 0) {
                    found.set(index);
                }
            }
        }
        return found;
    }

    private List<Uid> subjectPage(String text, Uid after) {
        return conversation.call(services ->
                services.get(Messages.class).withSubject(conversation.account(), mailbox.id(), text, after));
    }
}
