package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.merpati.core.imap.search.Finder;
import org.merpati.core.imap.search.Progress;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.command.SearchKey;
import org.merpati.lib.imap.command.SearchReturn;
import org.merpati.lib.imap.response.ExtendedResult;
import org.merpati.lib.imap.response.ExtendedResult.Item;
import org.merpati.lib.imap.response.ExtendedResult.Placed;

/**
 * The searches of a selected mailbox whose results are kept up to date (RFC 5267 §4.3). Each costs a bit for a message of the
 * mailbox, a sorted one eight octets for a result, and when something changes the judging of what has changed.
 */
final class Contexts {
    /** A client may have that many. */
    static final int MOST = 16;

    private record Change(SearchContext context, Item item) {}

    private final SelectedMailbox mailbox;
    private final List<SearchContext> contexts = new ArrayList<>();
    private final List<Change> untold = new ArrayList<>();
    private final BitSet open = new BitSet(); // places to be judged

    Contexts(SelectedMailbox mailbox) {
        this.mailbox = mailbox;
    }

    boolean any() {
        return !contexts.isEmpty();
    }

    boolean has(String tag) {
        return contexts.stream().anyMatch(context -> context.tag().equals(tag));
    }

    /** False when there are as many as there may be. */
    boolean add(
            String tag,
            Optional<ExtendedResult.Source> source,
            boolean uids,
            SearchKey key,
            SearchReturn result,
            BitSet results,
            Optional<ResultOrder> order) {
        if (contexts.size() == MOST || (order.isPresent() && order.get().size() > ResultOrder.MOST)) {
            return false;
        }
        contexts.add(
                new SearchContext(tag, source, uids, frozen(key), result.items(), (BitSet) results.clone(), order));
        return true;
    }

    void cancel(Collection<String> tags) {
        contexts.removeIf(context -> tags.contains(context.tag()));
        untold.removeIf(change -> tags.contains(change.context.tag()));
    }

    /** Sequence numbers, and what {@code $} stands for, are those of the time of the search (RFC 5267 §4.3). */
    private SearchKey frozen(SearchKey key) {
        return switch (key) {
            case SearchKey.And(var keys) ->
                new SearchKey.And(keys.stream().map(this::frozen).toList());
            case SearchKey.Or(var keys) ->
                new SearchKey.Or(keys.stream().map(this::frozen).toList());
            case SearchKey.Not(var inner) -> new SearchKey.Not(frozen(inner));
            case SearchKey.Numbers(MessageSet.UidSet uids) -> key;
            case SearchKey.Numbers(MessageSet.Saved saved) ->
                among(Arrays.stream(mailbox.saved()).boxed().toList());
            case SearchKey.Numbers(MessageSet.SequenceSet numbers) -> {
                int size = mailbox.view().size();
                var places = new BitSet(size);
                for (var range : numbers.ranges()) {
                    int from = (int) Math.max(0, range.low(size) - 1);
                    places.set(Math.min(from, size), (int)
                            Math.max(Math.min(from, size), Math.min(range.high(size), size)));
                }
                yield among(places.stream().mapToObj(mailbox.view()::uid).toList());
            }
            default -> key;
        };
    }

    private static SearchKey among(List<Long> uids) {
        return uids.isEmpty()
                ? new SearchKey.Not(new SearchKey.All())
                : new SearchKey.Numbers(
                        new MessageSet.UidSet(NumberRange.of(uids.stream().mapToLong(Long::longValue))));
    }

    /** Messages are gone from these places in the view: said before their numbers are those of others (RFC 5267 §4.3.4). */
    void sendGone(Conversation conversation, int[] gone) throws IOException {
        for (var context : contexts) {
            var results = new BitSet();
            Arrays.stream(gone).filter(context.results()::get).forEach(results::set);
            if (!results.isEmpty()) {
                var places = removed(context, results);
                if (!places.isEmpty()) {
                    send(conversation, context, new Item.RemoveFrom(places));
                }
            }
        }
    }

    /** The view is without these now. */
    void close(int[] gone) {
        contexts.forEach(context -> context.close(gone));
    }

    /** Messages at these places in the view are new or have changed. */
    void judge(Conversation conversation, BitSet places) throws IOException {
        open.or(places); // and what a failure has left
        if (open.isEmpty()) {
            return;
        }
        var finder = SearchHandler.finder(conversation, mailbox);
        var at = conversation.surroundings().clock().instant();
        Progress progress = (done, goal) -> {};
        for (var context : contexts) {
            var found = finder.among(open, context.key(), at, progress).indexes();
            var before = (BitSet) context.results().clone();
            before.and(open);
            var gone = (BitSet) before.clone();
            gone.andNot(found);
            var less = removed(context, gone);
            if (!less.isEmpty()) {
                untold.add(new Change(context, new Item.RemoveFrom(less)));
            }
            found.andNot(before);
            if (!found.isEmpty()) {
                var more = added(finder, context, found);
                context.results().or(found);
                if (!more.isEmpty()) {
                    untold.add(new Change(context, new Item.AddTo(more)));
                }
            }
        }
        open.clear();
    }

    private List<Placed> removed(SearchContext context, BitSet gone) {
        if (gone.isEmpty()) {
            return List.of();
        }
        context.results().andNot(gone);
        var uids = gone.stream().mapToLong(mailbox.view()::uid).toArray();
        return context.order()
                .map(order -> order.remove(uids, uid -> number(context, uid)))
                .orElseGet(() -> Placed.anywhere(numbers(context, gone)));
    }

    private List<Placed> added(Finder finder, SearchContext context, BitSet found) throws IOException {
        return context.order().isPresent()
                ? context.order().get().add(finder, found, uid -> number(context, uid))
                : Placed.anywhere(numbers(context, found));
    }

    private long number(SearchContext context, long uid) {
        return context.uids() ? uid : mailbox.view().find(uid) + 1L;
    }

    /** What is to be told of a message that is new. */
    List<FetchItem> items(int place) {
        var items = new LinkedHashSet<FetchItem>();
        for (var context : contexts) {
            if (context.results().get(place)) {
                items.addAll(context.items());
            }
        }
        return List.copyOf(items);
    }

    /** Tells what {@link #judge} has found. */
    void send(Conversation conversation) throws IOException {
        for (var change : untold) {
            send(conversation, change.context, change.item);
        }
        untold.clear();
    }

    private static void send(Conversation conversation, SearchContext context, Item item) throws IOException {
        conversation.out().send(new ExtendedResult(context.tag(), context.source(), context.uids(), List.of(item)));
    }

    private List<NumberRange> numbers(SearchContext context, BitSet places) {
        var view = mailbox.view();
        return NumberRange.of(places.stream().mapToLong(place -> context.uids() ? view.uid(place) : place + 1L));
    }
}
