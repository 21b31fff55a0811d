package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.imap.search.Finder;
import org.merpati.core.imap.search.Found;
import org.merpati.core.imap.search.Sorter;
import org.merpati.core.imap.search.Threader;
import org.merpati.core.imap.search.View;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.Search;
import org.merpati.lib.imap.command.SearchCommand;
import org.merpati.lib.imap.command.SearchKey;
import org.merpati.lib.imap.command.SearchProgram;
import org.merpati.lib.imap.command.SearchReturn;
import org.merpati.lib.imap.command.SearchReturn.Option;
import org.merpati.lib.imap.command.Sort;
import org.merpati.lib.imap.command.ThreadSearch;
import org.merpati.lib.imap.response.ExtendedResult;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.SearchResult;
import org.merpati.lib.imap.response.StatusKind;

/** SEARCH, SORT and THREAD in the selected mailbox (RFC 9051 §6.4.4, RFC 5256 §3). */
final class SearchHandler {
    private static final long[] NOTHING = {};

    private final Conversation conversation;
    private final SelectedMailbox mailbox;
    private final Finder finder;
    private final LongSearch progress;

    SearchHandler(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
        this.finder = finder(conversation, mailbox);
        this.progress = new LongSearch(conversation);
    }

    static Finder finder(Conversation conversation, SelectedMailbox mailbox) {
        var view = new View(mailbox.view(), mailbox.recent()::contains, mailbox::saved);
        var surroundings = conversation.surroundings();
        return new Finder(
                surroundings.door(),
                surroundings.blobs(),
                conversation.account(),
                mailbox.id(),
                view,
                mailbox.latest());
    }

    Completion run(SearchCommand command) throws IOException {
        return switch (command) {
            case Search search -> run(search.program(), search.result(), () -> search(search));
            case Sort sort -> run(sort.program(), sort.result(), () -> sort(sort));
            case ThreadSearch thread -> run(thread.program(), Optional.empty(), () -> thread(thread));
        };
    }

    @FunctionalInterface
    private interface Work {
        Completion run() throws IOException;
    }

    /** When a search that is to be saved ends with NO, nothing is saved (RFC 5182 §2.1); BAD leaves all as it was. */
    private Completion run(SearchProgram program, Optional<SearchReturn> result, Work work) throws IOException {
        boolean saves = result.isPresent() && result.get().has(Option.SAVE);
        boolean updates = result.isPresent() && result.get().has(Option.UPDATE);
        if (updates && mailbox.contexts().has(conversation.tag())) {
            return Completion.bad("The results of a search with that tag are kept up to date");
        }
        try {
            var refused = SearchRefusal.of(program, conversation.enabled());
            var completion = refused.isPresent() ? refused.get() : work.run();
            if (saves && completion.kind() == StatusKind.NO) {
                mailbox.save(NOTHING);
            }
            return completion;
        } catch (NotDone e) {
            if (saves) {
                mailbox.save(NOTHING);
            }
            throw e;
        }
    }

    private Found find(SearchProgram program) throws IOException {
        return finder.find(program.key(), conversation.surroundings().clock().instant(), progress);
    }

    private Completion search(Search search) throws IOException {
        boolean modSeq = asksByModSeq(search.program());
        int first = firstSearched(search.program().key());
        var found = find(first < 0 ? search.program() : search.program().among(upFrom(first)));
        var order = found.indexes().stream().toArray();
        var result = search.result();
        if (result.isEmpty() && !conversation.enabled().has(Feature.IMAP4REV2)) {
            var plain = new SearchAnswer(finder, order, search.uids(), SearchReturn.ALL);
            conversation.out().send(SearchResult.found(plain.numbers(), modSeq(found, modSeq)));
        } else {
            extended(order, search.uids(), result.orElse(SearchReturn.ALL), modSeq);
            if (result.isPresent() && result.get().has(Option.UPDATE)) {
                keep(
                        conversation,
                        mailbox,
                        Optional.empty(),
                        search.uids(),
                        search.program(),
                        result.get(),
                        found.indexes(),
                        Optional.empty());
            }
        }
        var completion = completion("SEARCH", found);
        return first < 0
                ? completion
                : conversation
                        .surroundings()
                        .messageLimit()
                        .told(completion, mailbox.view().uid(first), conversation);
    }

    private MessageSet upFrom(int place) {
        return new MessageSet.UidSet(List.of(new NumberRange(mailbox.view().uid(place), NumberRange.STAR)));
    }

    /** The place of the first message that may be looked at (RFC 9738 §3.1); -1 when all may be. */
    private int firstSearched(SearchKey key) {
        var limit = conversation.surroundings().messageLimit();
        if (!limit.exceeded(mailbox.view().size())) {
            return -1;
        }
        var sets = new ArrayList<Chosen>();
        for (var each : key instanceof SearchKey.And(var keys) ? keys : List.of(key)) {
            if (each instanceof SearchKey.Numbers(var messages)) {
                Chosen.of(messages, mailbox).ifPresent(sets::add);
            }
        }
        int searched = 0;
        int lowest = -1;
        for (int place = mailbox.view().size() - 1; place >= 0; place--) {
            int here = place;
            if (sets.stream().allMatch(set -> set.contains(here))) {
                if (++searched > limit.most()) {
                    return lowest;
                }
                lowest = place;
            }
        }
        return -1;
    }

    private Completion sort(Sort sort) throws IOException {
        boolean modSeq = asksByModSeq(sort.program());
        var found = find(sort.program());
        var order = new Sorter(finder).sort(found.indexes(), sort.criteria(), progress);
        if (sort.result().isPresent()) {
            extended(order, sort.uids(), sort.result().get(), modSeq);
            if (sort.result().get().has(Option.UPDATE)) {
                keep(
                        conversation,
                        mailbox,
                        Optional.empty(),
                        sort.uids(),
                        sort.program(),
                        sort.result().get(),
                        places(order),
                        Optional.of(new ResultOrder(sort.criteria(), uids(order))));
            }
        } else {
            var plain = new SearchAnswer(finder, order, sort.uids(), SearchReturn.ALL);
            conversation.out().send(SearchResult.sorted(plain.numbers(), modSeq(found, modSeq)));
        }
        return completion("SORT", found);
    }

    private static BitSet places(int[] order) {
        var places = new BitSet();
        Arrays.stream(order).forEach(places::set);
        return places;
    }

    private long[] uids(int[] order) {
        return Arrays.stream(order).mapToLong(mailbox.view()::uid).toArray();
    }

    private Completion thread(ThreadSearch thread) throws IOException {
        var limit = conversation.surroundings().messageLimit();
        if (limit.exceeded(mailbox.view().size())) {
            return limit.refusal(OptionalLong.empty()); // RFC 9738 §3.3
        }
        var found = find(thread.program());
        conversation
                .out()
                .send(new Threader(finder).thread(found.indexes(), thread.algorithm(), thread.uids(), progress));
        return completion("THREAD", found);
    }

    /** Tells from now on what changes in the results, or says that it does not (RFC 5267 §4.3). */
    static void keep(
            Conversation conversation,
            SelectedMailbox mailbox,
            Optional<ExtendedResult.Source> source,
            boolean uids,
            SearchProgram program,
            SearchReturn result,
            BitSet found,
            Optional<ResultOrder> order)
            throws IOException {
        if (!mailbox.contexts().add(conversation.tag(), source, uids, program.key(), result, found, order)) {
            conversation
                    .out()
                    .send(Response.Status.untagged(
                            StatusKind.NO,
                            new ResponseCode.NoUpdate(conversation.tag()),
                            "The results of " + Contexts.MOST + " searches are kept up to date, and at most "
                                    + ResultOrder.MOST + " in an order"));
        }
    }

    private void extended(int[] order, boolean uids, SearchReturn result, boolean modSeq) throws IOException {
        var answer = new SearchAnswer(finder, order, uids, result);
        if (result.wantsResponse()) {
            conversation.out().send(answer.response(conversation.tag(), Optional.empty(), modSeq));
        }
        if (result.has(Option.SAVE)) {
            mailbox.save(answer.saved());
        }
    }

    /** Asking by modseq switches CONDSTORE on (RFC 7162 §3.1). */
    private boolean asksByModSeq(SearchProgram program) {
        boolean asks = SearchRefusal.any(program.key(), key -> key instanceof SearchKey.ModSeq);
        if (asks) {
            conversation.enabled().add(Set.of(Feature.CONDSTORE));
        }
        return asks;
    }

    private OptionalLong modSeq(Found found, boolean wanted) {
        return wanted ? finder.modSeq(found.indexes()) : OptionalLong.empty();
    }

    private static Completion completion(String verb, Found found) {
        return found.unreadable() == 0
                ? Completion.ok(verb + " completed")
                : Completion.no(Plain.SERVERBUG, found.unreadable() + " of the messages can't be read");
    }
}
